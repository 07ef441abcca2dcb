// SIMULATION: makes statements and ladders as a node would tell them, for tests and the simulated node.

import type { CriticalView, ItemView, LadderView } from '../data/wire';

export const AT_MS = Date.UTC(2026, 10, 25, 2, 0);

export function ladderOf(member: string, more: Partial<LadderView> = {}): LadderView {
  return {
    member,
    rungs: [],
    acknowledged: false,
    mismatched: [],
    declined: null,
    due_ms: AT_MS + 600_000,
    units: [],
    units_due_ms: null,
    ...more,
  };
}

/** What is read back of a statement, by the names of its fields. */
export const readBackOf = (...names: readonly string[]): readonly CriticalView[] =>
  names.map((name) => ({ name, kind: 'label', title: { en: name }, said: null }));

export function itemOf(more: Partial<ItemView> = {}): ItemView {
  return {
    reference: 'BBB 7',
    case: 'BBB 7',
    digest: '0b'.repeat(32),
    at_ms: AT_MS,
    author: 'BBB',
    position: 'duty-2',
    mandate: 'watch',
    kind: 'message',
    understood: true,
    precedence: 'ROUTINE',
    addressees: ['AAA'],
    channel: 'line',
    about: [],
    content: { text: 'SIMULATION. Handover of the watch at 06:00 UTC.', lang: 'en' },
    sight: null,
    because: null,
    superseded: null,
    released: '',
    emergency: null,
    renditions: [],
    questioned: false,
    critical: [],
    ladders: [],
    held_by: [],
    phrase: null,
    ...more,
  };
}
