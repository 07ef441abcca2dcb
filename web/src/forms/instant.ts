// A moment as an officer enters it: day, month and year apart, so that no order of numbers can be mistaken, and a 24-hour
// time, in a zone that is named. Pure.

import { fault, given, type Read } from './read';

export interface InstantEntry {
  readonly day: string;
  /** 1 to 12. */
  readonly month: string;
  readonly year: string;
  /** `14:30`; `1430` is read too. */
  readonly time: string;
  readonly zone: string | null;
}

const TIME = /^([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])$/;
const DIGITS = /^[0-9]+$/;

export function writeInstant(ms: number, zone: string | null): InstantEntry {
  const local = new Date(ms + offsetMs(ms, zone));
  return {
    day: String(local.getUTCDate()),
    month: String(local.getUTCMonth() + 1),
    year: String(local.getUTCFullYear()),
    time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
    zone,
  };
}

/** Today, with the time still to be entered. */
export function todayIn(nowMs: number, zone: string | null): InstantEntry {
  return { ...writeInstant(nowMs, zone), time: '' };
}

/** Unix ms of the whole minute entered. */
export function readInstant(entry: InstantEntry): Read<number> {
  const text = western(entry.time).trim();
  if (!text) return fault('missing');
  const [, hours, minutes] = TIME.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return fault('time');
  const [day, month, year] = [entry.day, entry.month, entry.year].map((one) => western(one).trim());
  if (![day, month, year].every((one) => one !== undefined && DIGITS.test(one))) return fault('date');
  const [dayOf, monthOf, yearOf] = [Number(day), Number(month), Number(year)];
  const local = Date.UTC(yearOf, monthOf - 1, dayOf, Number(hours), Number(minutes));
  const read = new Date(local);
  if (read.getUTCDate() !== dayOf || read.getUTCMonth() !== monthOf - 1 || yearOf < 2000 || yearOf > 2099) {
    return fault('date');
  }
  const guess = local - offsetMs(local, entry.zone);
  const ms = local - offsetMs(guess, entry.zone);
  return ms + offsetMs(ms, entry.zone) === local ? given(ms) : fault('time-skipped');
}

/** How far a zone is ahead of UTC at a moment. */
export function offsetMs(ms: number, zone: string | null): number {
  if (zone === null || zone === 'UTC') return 0;
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(ms / 1000) * 1000;
}

/** Arabic-Indic digits as Western ones: a keyboard may give either. */
export function western(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

const two = (value: number): string => String(value).padStart(2, '0');
