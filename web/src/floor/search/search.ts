// What stands in the form of the search, as the node is asked; and an excerpt as pieces to draw. Pure.

import type { ExcerptView, SearchQuery } from '../../data/wire';
import type { Conventions } from '../../forms/conventions';
import { type InstantEntry, readInstant, todayIn, western } from '../../forms/instant';
import { blankPlace, type PlaceEntry, readPlace } from '../../forms/place';
import type { Fault, Read } from '../../forms/read';

export interface SearchForm {
  readonly text: string;
  /** '' narrows nothing. */
  readonly member: string;
  readonly desk: string;
  /** Without a time of day they narrow nothing. */
  readonly from: InstantEntry;
  readonly until: InstantEntry;
  readonly place: PlaceEntry;
  readonly radius: string;
  readonly order: 'newest' | 'best';
}

export type SearchField = 'from' | 'until' | 'place' | 'radius';

export interface ReadSearch {
  /** Null where nothing is looked for, or something cannot be read. */
  readonly query: SearchQuery | null;
  readonly faults: Readonly<Partial<Record<SearchField, Fault>>>;
}

const DEGREE_E7 = 10_000_000;
const MAX_RADIUS_M = 5_000_000;
const MINUTE_MS = 60_000;

export function blankSearch(conventions: Conventions, nowMs: number): SearchForm {
  const at = todayIn(nowMs, conventions.zone);
  const place = blankPlace(conventions.coordinates);
  return { text: '', member: '', desk: '', from: at, until: at, place, radius: '', order: 'newest' };
}

/** How many things narrow the search. */
export function narrowing(form: SearchForm): number {
  const { query, faults } = readSearch(form, 'en');
  const named = ['member', 'desk', 'from_ms', 'until_ms', 'radius_m'] as const;
  return named.filter((name) => query?.[name] !== undefined).length + Object.keys(faults).length;
}

export function readSearch(form: SearchForm, language: string): ReadSearch {
  const faults: Partial<Record<SearchField, Fault>> = {};
  const taken = <Value>(field: SearchField, read: Read<Value>): Value | undefined => {
    if (read.ok) return read.value;
    if (read.fault !== 'missing') faults[field] = read.fault;
    return undefined;
  };
  const from = taken('from', readInstant(form.from));
  const until = taken('until', readInstant(form.until));
  const place = taken('place', readPlace(form.place));
  const radius = western(form.radius).trim();
  const metres = /^[0-9]{1,7}$/.test(radius) ? Number(radius) : 0;
  const isRadius = metres > 0 && metres <= MAX_RADIUS_M;
  if ((place && !isRadius) || (radius && !isRadius)) faults.radius = 'radius';
  else if (radius && !place && !faults.place) faults.place = 'missing';
  if (from !== undefined && until !== undefined && until < from) faults.until = 'date';
  const text = form.text.trim();
  const query: SearchQuery = {
    ...(text ? { text } : {}),
    ...(form.member ? { member: form.member } : {}),
    ...(form.desk ? { desk: form.desk } : {}),
    ...(from !== undefined ? { from_ms: from } : {}),
    // The whole minute that is entered.
    ...(until !== undefined ? { until_ms: until + MINUTE_MS - 1 } : {}),
    ...(place && isRadius ? { lat: place[0] / DEGREE_E7, lon: place[1] / DEGREE_E7, radius_m: metres } : {}),
  };
  if (Object.keys(faults).length > 0 || Object.keys(query).length === 0) return { query: null, faults };
  return { query: { ...query, order: form.order, language }, faults };
}

export interface Piece {
  readonly at: number;
  readonly text: string;
  readonly marked: boolean;
}

/** An excerpt cut at its marks, which are offsets in code points of the original. */
export function piecesOf(excerpt: ExcerptView): readonly Piece[] {
  const points = [...excerpt.text];
  const pieces: Piece[] = [];
  let at = 0;
  const cut = (upto: number, marked: boolean) => {
    if (upto > at) pieces.push({ at: excerpt.start + at, text: points.slice(at, upto).join(''), marked });
    at = Math.max(at, upto);
  };
  for (const [start, end] of excerpt.marks) {
    cut(Math.min(start - excerpt.start, points.length), false);
    cut(Math.min(end - excerpt.start, points.length), true);
  }
  cut(points.length, false);
  return pieces;
}
