// A roster as it is edited: shifts with times of the local day as they are typed, absences and holidays; and the value that is
// signed. A night is typed as one shift and signed as two, one on each day. Whether it leaves a gap, the node says. Pure.

import type { Json, JsonFields } from '../../data/wire';
import { type InstantEntry, readInstant, todayIn, western, writeInstant } from '../instant';

export const DAY_MINUTES = 1440;
export const WEEKDAYS: readonly number[] = [0, 1, 2, 3, 4, 5, 6];
const TIME = /^([01]?[0-9]|2[0-4])[:.]?([0-5][0-9])$/;

export interface ShiftEntry {
  readonly key: number;
  readonly position: string;
  /** 0 is Monday. */
  readonly days: readonly number[];
  /** `06:00`; an end that is not after the beginning is on the next day. */
  readonly from: string;
  readonly until: string;
  readonly alternates: readonly string[];
  readonly languages: readonly string[];
}

export interface AbsenceEntry {
  readonly key: number;
  readonly position: string;
  readonly from: InstantEntry;
  readonly until: InstantEntry;
}

export interface HolidayEntry {
  readonly key: number;
  /** `2026-12-01`, both days with it. */
  readonly first: string;
  readonly last: string;
  readonly shifts: readonly ShiftEntry[];
}

export interface RosterEntry {
  readonly zone: string;
  readonly liaison: string;
  readonly shifts: readonly ShiftEntry[];
  readonly absences: readonly AbsenceEntry[];
  readonly holidays: readonly HolidayEntry[];
}

let lastKey = 0;
const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};

// ---- making ------------------------------------------------------------------------------------------------------

export function blankShift(): ShiftEntry {
  return { key: nextKey(), position: '', days: WEEKDAYS, from: '00:00', until: '24:00', alternates: [], languages: [] };
}

export function blankRoster(zone: string): RosterEntry {
  return { zone, liaison: '', shifts: [blankShift()], absences: [], holidays: [] };
}

export function blankAbsence(nowMs: number, zone: string): AbsenceEntry {
  const day = todayIn(nowMs, zone);
  return { key: nextKey(), position: '', from: { ...day, time: '00:00' }, until: { ...day, time: '23:59' } };
}

export function blankHoliday(nowMs: number): HolidayEntry {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  return { key: nextKey(), first: day, last: day, shifts: [blankShift()] };
}

// ---- changing ----------------------------------------------------------------------------------------------------

/** The list with what has this key changed. */
export function changed<One extends { readonly key: number }>(
  list: readonly One[],
  key: number,
  part: Partial<One>,
): readonly One[] {
  return list.map((one) => (one.key === key ? { ...one, ...part } : one));
}

export const without = <One extends { readonly key: number }>(list: readonly One[], key: number): readonly One[] =>
  list.filter((one) => one.key !== key);

/** An alternate one place earlier (-1) or later (1). */
export function moved(list: readonly string[], name: string, by: -1 | 1): readonly string[] {
  const at = list.indexOf(name);
  const other = list[at + by];
  if (at < 0 || other === undefined) return list;
  return list.map((one, place) => (place === at ? other : place === at + by ? name : one));
}

export const added = (list: readonly string[], name: string): readonly string[] =>
  name.trim() === '' || list.includes(name.trim()) ? list : [...list, name.trim()];

export const toggled = <One>(list: readonly One[], one: One, order: readonly One[]): readonly One[] =>
  order.filter((each) => (each === one ? !list.includes(one) : list.includes(each)));

/** Minutes of the local day, 0 to 1440; null where it is no time. */
export function minutesOf(text: string): number | null {
  const [, hours, minutes] = TIME.exec(western(text).trim()) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const found = Number(hours) * 60 + Number(minutes);
  return found <= DAY_MINUTES ? found : null;
}

export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Whether a shift goes on over midnight. */
export function isNight(shift: ShiftEntry): boolean {
  const [from, until] = [minutesOf(shift.from), minutesOf(shift.until)];
  return from !== null && until !== null && until > 0 && until <= from;
}

// ---- the value ---------------------------------------------------------------------------------------------------

/** The value that is signed; null in it where something typed cannot be read. */
export function rosterOf(entry: RosterEntry): JsonFields {
  return {
    zone: entry.zone.trim(),
    liaison: entry.liaison.trim(),
    shifts: entry.shifts.flatMap(shiftsOf),
    ...(entry.absences.length > 0 ? { absences: entry.absences.map(absenceOf) } : {}),
    ...(entry.holidays.length > 0 ? { holidays: entry.holidays.map(holidayOf) } : {}),
  };
}

function shiftsOf(shift: ShiftEntry): readonly JsonFields[] {
  const from = minutesOf(shift.from);
  const typed = minutesOf(shift.until);
  const until = typed === 0 ? DAY_MINUTES : typed;
  const one = (days: readonly number[], start: number | null, end: number | null): JsonFields => ({
    position: shift.position.trim(),
    days: [...days].sort((a, b) => a - b),
    from: start,
    until: end,
    ...(shift.alternates.length > 0 ? { alternates: [...shift.alternates] } : {}),
    ...(shift.languages.length > 0 ? { languages: [...shift.languages] } : {}),
  });
  if (from === null || until === null || until > from) return [one(shift.days, from, until)];
  const after = shift.days.map((day) => (day + 1) % 7);
  return [one(shift.days, from, DAY_MINUTES), one(after, 0, until)];
}

function absenceOf({ position, from, until }: AbsenceEntry): JsonFields {
  const [start, end] = [readInstant(from), readInstant(until)];
  return { position: position.trim(), from: start.ok ? start.value : null, until: end.ok ? end.value : null };
}

const holidayOf = ({ first, last, shifts }: HolidayEntry): JsonFields => ({
  from: western(first).trim(),
  until: western(last).trim(),
  shifts: shifts.flatMap(shiftsOf),
});

/** Whether everything typed in it could be read. */
export function isWhole(value: Json): boolean {
  if (value === null) return false;
  if (Array.isArray(value)) return (value as readonly Json[]).every(isWhole);
  return typeof value !== 'object' || Object.values(value as JsonFields).every(isWhole);
}

/** A roster as it would be edited, null where the value has not its form: then there is only its text. */
export function entryOfRoster(value: Json): RosterEntry | null {
  const fields = object(value);
  if (!fields) return null;
  const { zone, liaison } = fields;
  const shifts = shiftEntries(fields['shifts']);
  const absences = list(fields['absences'] ?? []).map(absenceEntry);
  const holidays = list(fields['holidays'] ?? []).map(holidayEntry);
  if (typeof zone !== 'string' || typeof liaison !== 'string' || !shifts) return null;
  return all(absences) && all(holidays) ? { zone, liaison, shifts, absences, holidays } : null;
}

function shiftEntries(value: Json | undefined): readonly ShiftEntry[] | null {
  if (!Array.isArray(value)) return null;
  const found = (value as readonly Json[]).map(shiftEntry);
  return all(found) ? found : null;
}

function shiftEntry(value: Json): ShiftEntry | null {
  const fields = object(value);
  const { position, from, until } = fields ?? {};
  const days = list(fields?.['days'] ?? null);
  if (typeof position !== 'string' || typeof from !== 'number' || typeof until !== 'number') return null;
  if (!days.every((day): day is number => typeof day === 'number')) return null;
  const [alternates, languages] = [list(fields?.['alternates'] ?? []), list(fields?.['languages'] ?? [])];
  return {
    key: nextKey(),
    position,
    days,
    from: clockOf(from),
    until: clockOf(until),
    alternates: alternates.map(String),
    languages: languages.map(String),
  };
}

function absenceEntry(value: Json): AbsenceEntry | null {
  const { position, from, until } = object(value) ?? {};
  if (typeof position !== 'string' || typeof from !== 'number' || typeof until !== 'number') return null;
  return { key: nextKey(), position, from: writeInstant(from, null), until: writeInstant(until, null) };
}

function holidayEntry(value: Json): HolidayEntry | null {
  const fields = object(value);
  const shifts = shiftEntries(fields?.['shifts']);
  const { from, until } = fields ?? {};
  return typeof from === 'string' && typeof until === 'string' && shifts
    ? { key: nextKey(), first: from, last: until, shifts }
    : null;
}

const object = (value: Json): JsonFields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonFields) : null;
const list = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const all = <One>(found: readonly (One | null)[]): found is readonly One[] => found.every((one) => one !== null);
