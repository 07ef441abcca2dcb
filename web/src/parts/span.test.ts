import { describe, expect, it } from 'vitest';
import { FACTS } from '../language/languages';
import { spanParts, spanWords } from './span';

describe('a span', () => {
  it.each([
    [0, '0 second'],
    [59_900, '59 second'],
    [60_000, '1 minute'],
    [252_000, '4 minute 12 second'],
    [8_040_000, '2 hour 14 minute'],
    [3 * 86_400_000 + 4 * 3_600_000 + 59_000, '3 day 4 hour'],
    [-65_000, '1 minute 5 second'],
  ])('of %i ms is %s', (ms, words) => {
    expect(
      spanParts(ms)
        .map(({ unit, count }) => `${count} ${unit}`)
        .join(' '),
    ).toBe(words);
  });

  it('has Western digits in Arabic', () => {
    expect(spanWords(252_000, FACTS.ar.locale)).toMatch(/4.*12/);
  });
});
