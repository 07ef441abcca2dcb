import { describe, expect, it } from 'vitest';
import { referenceIn } from './reference';

describe('a reference', () => {
  it.each(['AAA 42', 'aaa-42', ' AAA42 ', 'AAA_42', 'aaa ٤٢', 'AAA 0042'])('is read from "%s"', (text) => {
    expect(referenceIn(text)).toBe('AAA 42');
  });

  it('of a log that was reopened keeps its number', () => {
    expect(referenceIn('AAA2 7')).toBe('AAA2 7');
  });

  it.each(['', '42', 'AAA', 'AAA x', 'AAA 4 2', '<b>'])('is not read from "%s"', (text) => {
    expect(referenceIn(text)).toBeNull();
  });
});
