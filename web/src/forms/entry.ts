// Entries: what stands in the form of a kind, one for each field, and the content it comes to. An entry holds what was
// typed, so that nothing is lost where it cannot be read yet. Pure.

import type { Field, Json, JsonFields, Kind } from '../data/wire';
import { type Area, type AreaEntry, areaIn, blankArea, placeIn, readArea, writeArea } from './area';
import type { Conventions } from './conventions';
import { blankHeight, type HeightEntry, readHeight, writeHeight } from './height';
import { type InstantEntry, readInstant, todayIn, western, writeInstant } from './instant';
import { blankPlace, type PlaceEntry, readPlace, writePlace } from './place';
import { type Fault, fault, given, type Read } from './read';
import { isWhole } from './roster/roster';
import { blankVolume, readVolumes, type VolumeEntry, writeVolumes } from './volumes';

export const SPAN_UNITS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type SpanUnit = keyof typeof SPAN_UNITS;

export type Entry =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'instant'; readonly instant: InstantEntry }
  | { readonly kind: 'span'; readonly amount: string; readonly unit: SpanUnit }
  | { readonly kind: 'place'; readonly place: PlaceEntry }
  | { readonly kind: 'area'; readonly area: AreaEntry }
  | { readonly kind: 'volumes'; readonly volumes: readonly VolumeEntry[] }
  | { readonly kind: 'height'; readonly height: HeightEntry }
  | { readonly kind: 'flag'; readonly flag: boolean | null }
  | { readonly kind: 'list'; readonly list: readonly string[] }
  | { readonly kind: 'whole'; readonly value: Json | null };

export type Entries = Readonly<Record<string, Entry>>;

const MAX_TEXT = 20_000;
const MAX_LABEL = 120;
const REFERENCE = /^[A-Z][A-Z0-9]{1,7} (0|[1-9][0-9]{0,15})$/;
/** With a letter still: where it is the right one, the input takes it off (`FieldInput`). */
const LETTERED = /^[A-Z][A-Z0-9]{1,7} [0-9]{1,16}[\s-]*[A-Z]$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$/;
const NAME = /^[a-z][a-z0-9.-]{0,48}$/;

export function blankEntry(field: Field, conventions: Conventions, nowMs: number): Entry {
  switch (field.kind) {
    case 'instant':
      return { kind: 'instant', instant: todayIn(nowMs, conventions.zone) };
    case 'span':
      return { kind: 'span', amount: '', unit: 'minutes' };
    case 'place':
      return { kind: 'place', place: blankPlace(conventions.coordinates) };
    case 'area':
      return { kind: 'area', area: blankArea(conventions.coordinates) };
    case 'volumes':
      return { kind: 'volumes', volumes: [blankVolume(conventions, nowMs)] };
    case 'height':
      return { kind: 'height', height: blankHeight(conventions.lengths) };
    case 'flag':
      return { kind: 'flag', flag: null };
    case 'members':
    case 'names':
      return { kind: 'list', list: [] };
    case 'phrase':
    case 'read-back':
      return { kind: 'whole', value: null };
    default:
      return { kind: 'text', text: '' };
  }
}

/** What is entered, as a value of the field; `missing` where nothing is. */
export function readEntry(field: Field, entry: Entry): Read<Json> {
  switch (entry.kind) {
    case 'instant':
      return readInstant(entry.instant);
    case 'span':
      return readSpan(entry.amount, entry.unit);
    case 'place':
      return readPlace(entry.place);
    case 'area':
      return readArea(entry.area) as Read<Json>;
    case 'volumes':
      return readVolumes(entry.volumes);
    case 'height':
      return readHeight(entry.height);
    case 'flag':
      return entry.flag === null ? fault('missing') : given(entry.flag);
    case 'list':
      return readList(field, entry.list);
    case 'whole':
      return entry.value === null ? fault('missing') : given(entry.value);
    case 'text':
      return readText(field, entry.text);
  }
}

/** A value as it would be entered. */
export function writeEntry(field: Field, value: Json, conventions: Conventions, nowMs: number): Entry {
  const blank = blankEntry(field, conventions, nowMs);
  switch (blank.kind) {
    case 'instant':
      return typeof value === 'number' ? { ...blank, instant: writeInstant(value, conventions.zone) } : blank;
    case 'span':
      return typeof value === 'number' ? writeSpan(value) : blank;
    case 'place': {
      const place = placeIn(value);
      return place ? { ...blank, place: writePlace(place, conventions.coordinates) } : blank;
    }
    case 'area': {
      const area: Area | null = areaIn(value);
      return area ? { ...blank, area: writeArea(area, conventions.coordinates) } : blank;
    }
    case 'volumes': {
      const volumes = writeVolumes(value, conventions, nowMs);
      return volumes.length > 0 ? { ...blank, volumes } : blank;
    }
    case 'height': {
      const [amount, datum] = Array.isArray(value) ? (value as readonly Json[]) : [];
      if (typeof amount !== 'number' || typeof datum !== 'string') return blank;
      return { ...blank, height: writeHeight([amount, datum], conventions.lengths) };
    }
    case 'flag':
      return typeof value === 'boolean' ? { ...blank, flag: value } : blank;
    case 'list':
      return Array.isArray(value) ? { ...blank, list: (value as readonly Json[]).map(String) } : blank;
    case 'whole':
      return { ...blank, value };
    case 'text':
      if (field.kind === 'roster') return { ...blank, text: JSON.stringify(value, null, 2) };
      if (Array.isArray(value)) return { ...blank, text: (value as readonly Json[]).map(String).join(', ') };
      return { ...blank, text: typeof value === 'string' || typeof value === 'number' ? String(value) : '' };
  }
}

export function blankEntries(fields: readonly Field[], conventions: Conventions, nowMs: number): Entries {
  return Object.fromEntries(fields.map((field) => [field.name, blankEntry(field, conventions, nowMs)]));
}

/** Entries of a content; what it lacks is blank. */
export function entriesOf(
  fields: readonly Field[],
  content: JsonFields,
  conventions: Conventions,
  nowMs: number,
): Entries {
  return Object.fromEntries(
    fields.map((field) => {
      const value = content[field.name];
      return [
        field.name,
        value === undefined ? blankEntry(field, conventions, nowMs) : writeEntry(field, value, conventions, nowMs),
      ];
    }),
  );
}

export interface ReadEntries {
  readonly content: JsonFields;
  /** By field: why it cannot be said so. */
  readonly faults: Readonly<Record<string, Fault>>;
}

/** The content that entries come to. An optional field left empty is left out; `one_of` groups hold exactly one. */
export function readEntries(fields: readonly Field[], oneOf: Kind['one_of'], entries: Entries): ReadEntries {
  const content: Record<string, Json> = {};
  const faults: Record<string, Fault> = {};
  for (const field of fields) {
    const entry = entries[field.name];
    const read = entry ? readEntry(field, entry) : fault('missing');
    if (read.ok) content[field.name] = read.value;
    else if (read.fault !== 'missing' || field.required) faults[field.name] = read.fault;
  }
  for (const group of oneOf) {
    const held = group.filter((name) => name in content);
    if (held.length === 0 && group[0] && !group.some((name) => name in faults)) faults[group[0]] = 'missing';
  }
  for (const field of fields) {
    const wants = field.choices.find((one) => one.value === content[field.name])?.wants;
    if (wants && !(wants in content) && !(wants in faults)) faults[wants] = 'missing';
  }
  return { content, faults };
}

function readText(field: Field, given_: string): Read<Json> {
  const text = given_.trim();
  if (!text) return fault('missing');
  switch (field.kind) {
    case 'count': {
      const digits = western(text);
      return /^[0-9]{1,10}$/.test(digits) && Number(digits) <= 2 ** 31 ? given(Number(digits)) : fault('number');
    }
    case 'reference': {
      const reference = asReference(text);
      if (REFERENCE.test(reference)) return given(reference);
      return fault(LETTERED.test(reference) ? 'letter' : 'reference');
    }
    case 'references':
      return readReferences(text);
    case 'language':
      return LANGUAGE.test(text) ? given(text) : fault('language');
    case 'text':
    case 'label':
      return [...text].length <= (field.kind === 'text' ? MAX_TEXT : MAX_LABEL) ? given(text) : fault('too-long');
    case 'roster':
      return readRoster(text);
    default:
      return given(text);
  }
}

const asReference = (text: string): string =>
  western(text)
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/, ' ');

/** Several, with commas or lines between them. */
function readReferences(text: string): Read<Json> {
  const found = text
    .split(/[,;،\n]/)
    .map(asReference)
    .filter((one) => one !== '');
  if (found.length === 0) return fault('missing');
  return found.every((one) => REFERENCE.test(one)) ? given([...new Set(found)]) : fault('reference');
}

/** Its shape alone: whether it leaves a gap, the node says. */
function readRoster(text: string): Read<Json> {
  try {
    const value: unknown = JSON.parse(text);
    const formed = typeof value === 'object' && value !== null && 'shifts' in value;
    return formed && isWhole(value as Json) ? given(value as Json) : fault('roster');
  } catch {
    return fault('roster');
  }
}

function readSpan(amount: string, unit: SpanUnit): Read<number> {
  const digits = western(amount).trim();
  if (!digits) return fault('missing');
  return /^[0-9]{1,6}$/.test(digits) && Number(digits) > 0 ? given(Number(digits) * SPAN_UNITS[unit]) : fault('span');
}

function writeSpan(ms: number): Entry {
  const unit = (['days', 'hours'] as const).find((one) => ms % SPAN_UNITS[one] === 0) ?? 'minutes';
  return { kind: 'span', amount: String(Math.round(ms / SPAN_UNITS[unit])), unit };
}

function readList(field: Field, list: readonly string[]): Read<Json> {
  if (list.length === 0) return fault('missing');
  return field.kind === 'names' && !list.every((name) => NAME.test(name)) ? fault('code') : given([...list]);
}
