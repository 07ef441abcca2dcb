// Logs, members and how people name places. A log is one member's append-only log in one generation: the first of
// member n has id n; after a root-signed reopening the next has n + 256. References: `SYR 42`, `SYR2 42`.

import type { Bytes } from '../crypto/bytes';

export const MAX_MEMBERS = 32;
export const GENERATION_STEP = 256;

/** A bit set of member ordinals. */
export type MemberSet = number;

export const logOwner = (log: number): number => log % GENERATION_STEP;
export const logGeneration = (log: number): number => Math.floor(log / GENERATION_STEP) + 1;

/** Whether `ordinal` is in the set. Sets have up to 53 bits, so no bit operators. */
export function has(set: MemberSet, ordinal: number): boolean {
  return Math.floor(set / 2 ** ordinal) % 2 === 1;
}

/** The members of a set, ascending. */
export function ordinals(set: MemberSet): number[] {
  const found: number[] = [];
  for (let ordinal = 0, rest = set; rest > 0; ordinal++, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) found.push(ordinal);
  }
  return found;
}

export function setOf(members: readonly number[]): MemberSet {
  return [...new Set(members)].reduce((set, ordinal) => set + 2 ** ordinal, 0);
}

/** Whether every member of `inner` is in `outer`. */
export function within(inner: MemberSet, outer: MemberSet): boolean {
  return ordinals(inner).every((ordinal) => has(outer, ordinal));
}

export function intersection(left: MemberSet, right: MemberSet): MemberSet {
  return setOf(ordinals(left).filter((ordinal) => has(right, ordinal)));
}

export type Digest = Bytes;
