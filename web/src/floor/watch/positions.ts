// To whom a watch may be handed: the positions on the member's roster, those of shifts first, then alternates, then the
// liaison. Pure.

import type { Json } from '../../data/wire';

const listIn = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

function fieldsOf(value: Json | undefined): { readonly [name: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : {};
}

/** The positions on a roster besides `own`, each once. */
export function positionsOn(roster: Json | undefined, own: string): readonly string[] {
  const { shifts, holidays, liaison } = fieldsOf(roster);
  const all = [...listIn(shifts), ...listIn(holidays).flatMap((one) => listIn(fieldsOf(one)['shifts']))].map(fieldsOf);
  const named = [
    ...all.map((shift) => shift['position']),
    ...all.flatMap((shift) => listIn(shift['alternates'])),
    liaison,
  ];
  return [...new Set(named)].filter((one): one is string => typeof one === 'string' && one !== own);
}
