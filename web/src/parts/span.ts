// A span of time as its two largest units: `3 d 4 h`, `2 h 14 min`, `4 min 12 s`, `9 s`. Never longer than it is: a clock
// that has 59.9 s left shows 59 s. Pure.

import { kept } from './formats';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

export type SpanUnit = (typeof UNITS)[number][0];

export interface SpanPart {
  readonly unit: SpanUnit;
  readonly count: number;
}

export function spanParts(ms: number): readonly SpanPart[] {
  let rest = Math.floor(Math.abs(ms) / 1000);
  const parts = UNITS.map(([unit, seconds]) => {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    return { unit, count };
  });
  const first = parts.findIndex((part) => part.count > 0);
  if (first < 0) return [{ unit: 'second', count: 0 }];
  return parts.slice(first, first + 2).filter((part, at) => at === 0 || part.count > 0);
}

export function spanWords(ms: number, locale: string): string {
  // British short forms are longer (`mins`, `hrs`) than a running clock has room for.
  const short = locale.startsWith('en') ? 'en-US' : locale;
  return spanParts(ms)
    .map(({ unit, count }) => amount(short, unit).format(count))
    .join(' ');
}

const amount = kept(
  (locale: string, unit: SpanUnit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
);
