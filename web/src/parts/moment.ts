// How a moment is written: 24 hours, Gregorian, the month in letters so that day and month cannot be taken for each other,
// the zone always. Pure.

import { kept } from './formats';

const UTC = 'UTC';

export interface MomentWords {
  /** `14:30` or `14:30:05`. */
  readonly time: string;
  readonly date: string;
  /** `UTC` or `UTC+3`; U+2212 before hours west. */
  readonly zone: string;
}

export function momentWords(
  unixMs: number,
  zone: string | null,
  locale: string,
  { seconds = false } = {},
): MomentWords {
  const timeZone = zone ?? UTC;
  return {
    time: clock(timeZone, seconds).format(unixMs),
    date: calendar(locale, timeZone).format(unixMs),
    zone: zoneWord(unixMs, zone),
  };
}

const clock = kept(
  (timeZone: string, seconds: boolean) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(seconds ? { second: '2-digit' as const } : {}),
    }),
);
const calendar = kept(
  (locale: string, timeZone: string) =>
    new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' }),
);
const offsets = kept((timeZone: string) => new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'shortOffset' }));

/** The offset that a zone has at a moment, as a word; no name of a place. */
export function zoneWord(unixMs: number, zone: string | null): string {
  if (zone === null || zone === UTC) return UTC;
  const parts = offsets(zone).formatToParts(unixMs);
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return offset.replace('GMT', UTC).replace('-', '\u2212');
}
