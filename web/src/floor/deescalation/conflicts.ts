// What the list of conflicts is made of. Pure.

import type { ConflictView, SituationView } from '../../data/wire';

/** By reference: whose an item is. */
export function ownersIn(situation: SituationView): Readonly<Record<string, string>> {
  return Object.fromEntries(situation.items.map((item) => [item.reference, item.member]));
}

/** The members that settle a conflict: those whose items they are, each once. */
export function sidesOf(conflict: ConflictView, owners: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set(conflict.items.map((reference) => owners[reference] ?? ''))].filter((code) => code !== '');
}

/** Whether an officer is to do something about it. */
export const isOpen = (conflict: ConflictView): boolean =>
  conflict.status !== 'near' && conflict.coordination_state !== 'agreed';
