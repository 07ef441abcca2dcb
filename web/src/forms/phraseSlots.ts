// Slots of a phrase as an officer fills them, and the one form in which each is signed (`parley.procedure.phrasebook`):
// whole minutes, metres, hundredths of a degree; a place with a code name or ""; a height with the unit it was written in.

import type { Field, FieldKind, Json, JsonFields, Phrase, Phrasebook, PhraseSlot } from '../data/wire';
import type { Conventions } from './conventions';
import { blankEntry, type Entry, readEntry } from './entry';
import { readMetres } from './height';
import { western } from './instant';
import { type Fault, fault, given, type Read } from './read';

export interface SlotEntry {
  readonly entry: Entry;
  /** Code name of a place, code of objects. */
  readonly code: string;
}

export type SlotEntries = Readonly<Record<string, SlotEntry>>;

const ALIAS = /^(?=[A-Z0-9-]{2,12}$)[A-Z](?:[A-Z0-9]|-(?=[A-Z])|(?<=[A-Z])-(?=[0-9]))*$/;
const MINUTE_MS = 60_000;
const FARTHEST_M = 1_000_000;

const AS_FIELD: Record<PhraseSlot['kind'], FieldKind> = {
  instant: 'instant',
  duration: 'span',
  place: 'place',
  height: 'height',
  distance: 'label',
  bearing: 'label',
  count: 'count',
  objects: 'count',
  unit: 'label',
  case: 'reference',
  member: 'member',
  choice: 'choice',
};

/** A slot as a field, so that it has the same inputs as any other. */
export function fieldOf(name: string, slot: PhraseSlot, book: Phrasebook): Field {
  const codes = slot.kind === 'choice' ? (book.enumerations[slot.enumeration ?? ''] ?? []) : [];
  return {
    name,
    kind: AS_FIELD[slot.kind],
    title: slot.labels,
    required: true,
    critical: false,
    choices: codes.map(({ code, labels }) => ({ value: code, title: labels, wants: null })),
    free: false,
  };
}

export function blankSlots(phrase: Phrase, book: Phrasebook, conventions: Conventions, nowMs: number): SlotEntries {
  return Object.fromEntries(
    slotsOf(phrase, book).map(([name, slot]) => [
      name,
      { entry: blankEntry(fieldOf(name, slot, book), conventions, nowMs), code: '' },
    ]),
  );
}

export const slotsOf = (phrase: Phrase, book: Phrasebook): readonly (readonly [string, PhraseSlot])[] =>
  phrase.slots.flatMap((name) => {
    const slot = book.slots[name];
    return slot ? [[name, slot] as const] : [];
  });

/** The slots as they are signed, or which cannot be read, and why. */
export function readSlots(
  phrase: Phrase,
  book: Phrasebook,
  entries: SlotEntries,
): { readonly slots: JsonFields | null; readonly faults: Readonly<Record<string, Fault>> } {
  const slots: Record<string, Json> = {};
  const faults: Record<string, Fault> = {};
  for (const [name, slot] of slotsOf(phrase, book)) {
    const entry = entries[name];
    const read = entry ? readSlot(fieldOf(name, slot, book), slot, entry) : fault('missing');
    if (read.ok) slots[name] = read.value;
    else faults[name] = read.fault;
  }
  return { slots: Object.keys(faults).length === 0 ? slots : null, faults };
}

function readSlot(field: Field, slot: PhraseSlot, { entry, code }: SlotEntry): Read<Json> {
  const text = entry.kind === 'text' ? entry.text.trim() : '';
  switch (slot.kind) {
    case 'distance':
      return readMetres(text, FARTHEST_M);
    case 'bearing':
      return readBearing(text);
    case 'unit':
      return aliased(text);
    default: {
      const read = readEntry(field, entry);
      return read.ok ? shaped(slot, read.value, entry, code) : read;
    }
  }
}

function shaped(slot: PhraseSlot, value: Json, entry: Entry, code: string): Read<Json> {
  switch (slot.kind) {
    case 'duration':
      return given(Number(value) / MINUTE_MS);
    case 'place': {
      const name = code.trim() ? aliased(code.trim()) : given('');
      return name.ok ? given([...(value as readonly Json[]), name.value]) : name;
    }
    case 'height':
      return given([...(value as readonly Json[]), entry.kind === 'height' ? entry.height.unit : 'm']);
    case 'objects':
      return code === '' || Number(value) < 1 ? fault('number') : given([value, code]);
    default:
      return given(value);
  }
}

function readBearing(text: string): Read<number> {
  const clean = western(text).replace(',', '.').replace(/°$/, '');
  if (!clean) return fault('missing');
  const hundredths = /^[0-9]{1,3}(\.[0-9]{1,2})?$/.test(clean) ? Math.round(Number(clean) * 100) : 36_000;
  return hundredths < 36_000 ? given(hundredths) : fault('number');
}

function aliased(text: string): Read<string> {
  const alias = western(text).toUpperCase();
  if (!alias) return fault('missing');
  return ALIAS.test(alias) ? given(alias) : fault('code');
}
