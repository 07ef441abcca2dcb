// SIMULATION: positions, a roster's days, and a card to read aloud, as the node would give them; the words are not the node's.

import { type Floor, titleIn } from '../data/floor';
import type { ItemView, JsonFields, PositionsView, ReadingView, RosterPreview } from '../data/wire';

const DAY_MS = 86_400_000;

export const SIMULATED_POSITIONS: PositionsView = {
  positions: [
    { position: 'duty-1', mandates: ['watch'] },
    { position: 'duty-2', mandates: ['watch'] },
    { position: 'duty-3', mandates: ['watch'] },
    { position: 'head-1', mandates: ['head'] },
    { position: 'liaison', mandates: ['watch'] },
  ],
};

/** Without a position a roster is refused; with one, that position has the watch each day. */
export function simulatedPreview(roster: JsonFields, nowMs: number): RosterPreview {
  const shifts = Array.isArray(roster['shifts']) ? (roster['shifts'] as readonly JsonFields[]) : [];
  const position = String(shifts[0]?.['position'] ?? '');
  if (!position) {
    const fault = {
      code: 'roster.shape',
      reason: 'is no position',
      field: 'shifts[0].position',
      rule: 'such as duty-1',
    };
    return { fault, holes: [], week: [], clock_change: null };
  }
  const week = Array.from({ length: 7 }, (_, day) => ({
    start_ms: nowMs + day * DAY_MS,
    end_ms: nowMs + (day + 1) * DAY_MS,
    position,
    alternates: ['duty-2', 'liaison'],
    languages: ['en'],
  }));
  return { fault: null, holes: [], week, clock_change: { at_ms: nowMs + 90 * DAY_MS, before: 120, after: 180 } };
}

export function simulatedReading(floor: Floor, item: ItemView, language: string): ReadingView {
  const spelled = [...item.reference].map((written) => ({ written, spoken: written }));
  const title = titleIn(floor.kind(item.kind)?.title ?? { en: item.kind }, language);
  return {
    banner: floor.view.banner,
    reference: item.reference,
    case: item.case,
    language,
    lines: [
      { name: 'reference', title: 'Reference', parts: spelled, critical: false },
      { name: 'kind', title: 'Kind', parts: [{ written: title, spoken: title }], critical: false },
    ],
    text: String(item.content?.['text'] ?? ''),
    text_language: String(item.content?.['lang'] ?? ''),
    check_words: ['doctor', 'forest', 'drawer'],
  };
}
