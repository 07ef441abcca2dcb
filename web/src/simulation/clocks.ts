// SIMULATION: makes clocks and rings as a node would tell them.

import type { ClockView, RingView } from '../data/wire';
import { AT_MS } from './items';

export function clockOf(more: Partial<ClockView> = {}): ClockView {
  return {
    name: 'acknowledge',
    title: { en: 'Acknowledge', ar: 'إقرار الاستلام', he: 'אישור קבלה' },
    case: 'BBB 7',
    about: 'BBB 7',
    kind: 'message',
    desk: 'line',
    member: 'AAA',
    precedence: 'ROUTINE',
    since_ms: AT_MS,
    due_ms: AT_MS + 600_000,
    stored: true,
    stopped_ms: null,
    ...more,
  };
}

export function ringOf(more: Partial<RingView> = {}): RingView {
  return {
    reference: 'BBB 7',
    case: 'BBB 7',
    kind: 'message',
    author: 'BBB/duty-2',
    precedence: 'FLASH',
    stage: 'first',
    alternates: 0,
    whose: 'AAA',
    since_ms: AT_MS,
    due_ms: AT_MS + 600_000,
    positions: [],
    ...more,
  };
}
