// What is pinned over the Line because it is in force now: STOP calls, suspensions, and proofs of life that wait for this
// member's watch. From the open cases of the desk. Pure.

import type { CaseView, ItemView } from '../../data/wire';

export interface Pins {
  readonly stops: readonly CaseView[];
  readonly suspensions: readonly CaseView[];
  /** Asked of this member, unanswered. */
  readonly proofs: readonly CaseView[];
}

export function pins(cases: readonly CaseView[], me: string): Pins {
  const open = cases.filter((one) => !one.over);
  return {
    stops: open.filter((one) => one.kind === 'stop'),
    suspensions: open.filter((one) => one.kind === 'suspend'),
    proofs: open.filter((one) => one.kind === 'proof' && openingOf(one)?.addressees.includes(me) === true),
  };
}

/** The statement that says what a case is about: the opening one, or its latest correction. */
export function currentOf(whole: CaseView): ItemView | null {
  let item = openingOf(whole);
  for (let step = 0; item?.superseded && step < whole.items.length; step++) {
    const by: string = item.superseded;
    item = whole.items.find((one) => one.reference === by) ?? null;
  }
  return item;
}

export const openingOf = (whole: CaseView): ItemView | null =>
  whole.items.find((one) => one.reference === whole.reference) ?? whole.items[0] ?? null;

/** Until when a STOP is in force: its latest extension, else as it was called. */
export function untilMs(whole: CaseView): number | null {
  const extended = whole.items.findLast((one) => one.kind === 'extend' && one.because === null);
  const until = extended?.content?.['until'] ?? currentOf(whole)?.content?.['until'];
  return typeof until === 'number' ? until : null;
}

/** What a suspension stops: all kinds but those of life-safety, or the kinds named. */
export function suspended(whole: CaseView): { readonly all: boolean; readonly kinds: readonly string[] } {
  const content = currentOf(whole)?.content;
  const kinds = content?.['kinds'];
  return {
    all: content?.['scope'] === 'all',
    kinds: Array.isArray(kinds) ? (kinds as readonly unknown[]).map(String) : [],
  };
}
