import { describe, expect, it } from 'vitest';
import { languagesIn, pieces, referencesIn, telephonesIn } from './entries';

describe('what is typed into the forms of what is private', () => {
  it('is parted by lines and by commas of any script, each piece once', () => {
    expect(pieces(' a, b ،c\n d;e؛ a ,,')).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(pieces(' \n')).toEqual([]);
  });

  it('names statements as they are said by voice or written', () => {
    expect(referencesIn('syr 42, ISR7\nUSA-3')).toEqual(['SYR 42', 'ISR 7', 'USA 3']);
    expect(referencesIn('SYR2 42')).toEqual(['SYR2 42']);
    expect(referencesIn('')).toEqual([]);
    expect(referencesIn('SYR 42, yesterday')).toBeNull();
  });

  it('holds at least one telephone number, and nothing that is none', () => {
    expect(telephonesIn('+00 00 0000 001, 555-0101 (2)')).toBeNull();
    expect(telephonesIn('+00 00 0000 001\n555 0101')).toEqual(['+00 00 0000 001', '555 0101']);
    expect(telephonesIn('')).toBeNull();
    expect(telephonesIn('call me')).toBeNull();
  });

  it('names languages by their tags', () => {
    expect(languagesIn('ar he, en-GB')).toEqual(['ar', 'he', 'en-GB']);
    expect(languagesIn('')).toEqual([]);
    expect(languagesIn('Arabic')).toBeNull();
  });
});
