// Read-back: what a receiver enters again, and whether it is what was said, with the tolerance that a convention's own rounding
// makes. The node decides by the same rule (`parley.procedure.fields.agree`); here an officer sees a slip before signing it.
//
// Of an area one place is entered again, chosen by the machine: the centre of a circle with its radius, or one corner of a
// polygon. The rest is taken as it was said. Pure.

import type { Field, FieldKind, Json } from '../data/wire';
import { type Area, type AreaEntry, areaIn, blankArea } from './area';
import type { Conventions } from './conventions';
import { blankEntry, type Entry, readEntry } from './entry';
import { readPlace, writePlace } from './place';
import { given, type Read } from './read';

const TOLERANCES: Partial<Record<FieldKind, number>> = { instant: 59_999, place: 2_000, area: 2_000, height: 50 };

export function agree(kind: FieldKind, said: Json, readBack: Json): boolean {
  const tolerance = TOLERANCES[kind];
  return tolerance === undefined ? same(said, readBack, 0) : same(said, readBack, tolerance);
}

function same(said: Json, other: Json, tolerance: number): boolean {
  if (typeof said === 'number' && typeof other === 'number') return Math.abs(said - other) <= tolerance;
  if (Array.isArray(said) && Array.isArray(other)) {
    const [left, right] = [said, other] as readonly (readonly Json[])[];
    return left?.length === right?.length && (left ?? []).every((one, at) => same(one, right?.[at] ?? null, tolerance));
  }
  if (isFields(said) && isFields(other)) {
    const names = Object.keys(said);
    return (
      names.length === Object.keys(other).length &&
      names.every((name) => name in other && same(said[name] ?? null, other[name] ?? null, tolerance))
    );
  }
  return said === other;
}

function isFields(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The corner of a polygon that is read back: chosen by the statement's digest, so that both sides know which. */
export function chosenCorner(digest: string, corners: number): number {
  return Number.parseInt(digest.slice(0, 8), 16) % corners;
}

/** A blank entry for reading `said` back. Of a polygon, all corners but the chosen one stand already. */
export function blankReadBack(
  field: Field,
  said: Json,
  digest: string,
  conventions: Conventions,
  nowMs: number,
): Entry {
  const area = field.kind === 'area' ? areaIn(said) : null;
  if (!area) return blankEntry(field, conventions, nowMs);
  const blank = blankArea(conventions.coordinates);
  if (!('polygon' in area)) return { kind: 'area', area: blank };
  return { kind: 'area', area: { ...blank, shape: 'polygon', corners: cornersOf(area, digest, blank) } };
}

function cornersOf(area: Extract<Area, { polygon: unknown }>, digest: string, blank: AreaEntry): AreaEntry['corners'] {
  const chosen = chosenCorner(digest, area.polygon.length);
  return area.polygon.map((corner, at) => (at === chosen ? blank.centre : writePlace(corner, 'degrees')));
}

/** The value read back; of a polygon, the corners that were not asked for are those that were said, exactly. */
export function readReadBack(field: Field, entry: Entry, said: Json, digest: string): Read<Json> {
  const area = field.kind === 'area' ? areaIn(said) : null;
  if (!area || !('polygon' in area) || entry.kind !== 'area') return readEntry(field, entry);
  const chosen = chosenCorner(digest, area.polygon.length);
  const corner = entry.area.corners[chosen];
  const read = corner ? readPlace(corner) : readEntry(field, entry);
  if (!read.ok) return read;
  return given({ polygon: area.polygon.map((one, at) => (at === chosen ? (read.value as Json) : [...one])) });
}
