// SIMULATION: makes cases of statements, as a node would tell them.

import type { CaseView, ItemView } from '../data/wire';
import { AT_MS } from './items';

export function caseOf(kind: string, items: readonly ItemView[], more: Partial<CaseView> = {}): CaseView {
  const opening = items[0];
  return {
    reference: opening?.reference ?? 'AAA 1',
    desk: 'line',
    kind,
    state: 'sent',
    state_title: { en: 'Sent' },
    over: false,
    final: false,
    channel: 'line',
    opener: opening?.author ?? 'AAA',
    opened_ms: opening?.at_ms ?? AT_MS,
    moved_ms: items.at(-1)?.at_ms ?? AT_MS,
    cursor: '1.0',
    items,
    entered: [],
    clarifications: [],
    clocks: [],
    moves: [],
    responses: [],
    ...more,
  };
}
