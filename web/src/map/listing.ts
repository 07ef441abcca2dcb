// The order of the list beside the map, and what is left of it by a filter. What is in conflict stands first, then what is active
// at the instant shown, then what is still to come, soonest first. Pure.

import { type MapItem, type Standing, standingOf, windowOf } from './volume';

export const FILTERS = ['all', 'active', 'conflict'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Row {
  readonly id: string;
  readonly item: MapItem;
  readonly standing: Standing;
}

const ORDER: Readonly<Record<Standing, number>> = { active: 0, between: 1, before: 2, over: 3 };

export function listed(items: readonly MapItem[], atMs: number, filter: Filter): readonly Row[] {
  const rows = items.map((item) => rowOf(item, standingOf(item, atMs)));
  return rows.filter((row) => isKept(row, filter)).toSorted(byUrgency);
}

const made = new WeakMap<MapItem, Map<Standing, Row>>();

/** The same object for the same item in the same standing: a list draws anew only what changed. */
function rowOf(item: MapItem, standing: Standing): Row {
  const known = made.get(item) ?? new Map<Standing, Row>();
  made.set(item, known);
  const row = known.get(standing) ?? { id: item.reference, item, standing };
  known.set(standing, row);
  return row;
}

function isKept({ item, standing }: Row, filter: Filter): boolean {
  if (filter === 'active') return standing === 'active';
  return filter === 'all' || item.conflicts.length > 0;
}

function byUrgency(one: Row, other: Row): number {
  const clash = Number(other.item.conflicts.length > 0) - Number(one.item.conflicts.length > 0);
  const standing = ORDER[one.standing] - ORDER[other.standing];
  const [from, otherFrom] = [windowOf(one.item.volumes)?.[0] ?? 0, windowOf(other.item.volumes)?.[0] ?? 0];
  return clash || standing || from - otherFrom || (one.item.reference < other.item.reference ? -1 : 1);
}
