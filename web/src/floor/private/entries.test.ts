import { describe, expect, it } from 'vitest';
import { fault, given } from '../../forms/read';
import { letterIn } from '../../record/references';
import { languagesIn, pieces, referencesIn, telephonesIn } from './entries';

describe('what is typed into the forms of what is private', () => {
  it('is parted by lines and by commas of any script, each piece once', () => {
    expect(pieces(' a, b ،c\n d;e؛ a ,,')).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(pieces(' \n')).toEqual([]);
  });

  it('names statements as they are said by voice or written', () => {
    const codes = ['ISR', 'SYR', 'USA'];
    const letter = letterIn('SYR 42', codes);
    expect(referencesIn(`syr 42-${letter}, ISR7\nUSA-3, SYR 42`, codes)).toEqual(given(['SYR 42', 'ISR 7', 'USA 3']));
    expect(referencesIn('SYR2 42', codes)).toEqual(given(['SYR2 42']));
    expect(referencesIn('', codes)).toEqual(given([]));
    expect(referencesIn('SYR 42, yesterday', codes)).toEqual(fault('reference'));
    expect(referencesIn(`SYR 42-${letter === 'F' ? 'H' : 'F'}`, codes)).toEqual(fault('letter'));
  });

  it('holds at least one telephone number, and nothing that is none', () => {
    expect(telephonesIn('+00 00 0000 001, 555-0101 (2)')).toEqual(fault('telephone'));
    expect(telephonesIn('+00 00 0000 001\n555 0101')).toEqual(given(['+00 00 0000 001', '555 0101']));
    expect(telephonesIn('')).toEqual(fault('missing'));
    expect(telephonesIn('call me')).toEqual(fault('telephone'));
  });

  it('names languages by their tags', () => {
    expect(languagesIn('ar he, en-GB')).toEqual(given(['ar', 'he', 'en-GB']));
    expect(languagesIn('')).toEqual(given([]));
    expect(languagesIn('Arabic')).toEqual(fault('language'));
  });
});
