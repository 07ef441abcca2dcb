// Cases in short: what one is about, and the clock of it that matters most. Pure.

import type { CaseView, ItemView, Kind, Titles } from '../../data/wire';
import { textOf, type UserText } from '../../parts/texts';

/** A line that says what a statement is about: its first label, else its text. */
export function subjectOf(kind: Kind | null, item: ItemView): UserText | null {
  const label = kind?.fields
    .filter((field) => field.kind === 'label')
    .map((field) => item.content?.[field.name])
    .find((value) => typeof value === 'string');
  const language = item.content?.['lang'];
  if (typeof label === 'string') return { text: label, language: typeof language === 'string' ? language : '' };
  return textOf(item.content);
}

export interface UrgentClock {
  readonly title: Titles;
  readonly member: string;
  readonly missed: boolean;
  readonly spanMs: number;
}

/** The clock that was missed longest, else the one that runs out first; null where none runs. */
export function urgentClock(whole: CaseView, nowMs: number): UrgentClock | null {
  const running = whole.clocks.filter((clock) => clock.stopped_ms === null);
  const [first] = running.toSorted((left, right) => left.due_ms - right.due_ms);
  if (!first) return null;
  return {
    title: first.title,
    member: first.member,
    missed: nowMs >= first.due_ms,
    spanMs: Math.abs(first.due_ms - nowMs),
  };
}

/** Ladder statements climb ladders and are shown there; everything else is told in the case. */
const ON_LADDERS = new Set(['shown', 'acknowledge', 'passed-on', 'unit-confirmed', 'release', 'rendition']);
export const told = (whole: CaseView): readonly ItemView[] =>
  whole.items.filter((item) => !ON_LADDERS.has(item.kind) || item.because !== null);
