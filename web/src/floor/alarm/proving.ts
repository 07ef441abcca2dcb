// Whether the alarm of this terminal has been proved this watch: somebody at it heard the alarm, and said so. Kept in this
// browser, which is the terminal. A check counts in the watch it was made in, and for twelve hours at most. Pure, but for the
// keeping.

import type { WatchView } from '../../data/wire';

/** A check of the alarm at this terminal. */
export interface AlarmCheck {
  readonly atMs: number;
  /** Who said so. */
  readonly position: string;
  readonly heard: boolean;
  /** Whether a notification was seen on the desktop; null where that was not tried. */
  readonly seen: boolean | null;
  /** The watch that it was made in; null where there is no roster. */
  readonly watch: string | null;
}

export type AlarmStanding = 'proved' | 'not-proved' | 'not-heard';

export const COUNTS_FOR_MS = 12 * 3_600_000;
const KEY = 'parley.alarm-check';

/** What tells one watch from the next: who has it, and by which act or shift. */
export const watchName = (watch: WatchView | undefined): string | null =>
  watch ? `${watch.position} ${watch.handover ?? watch.shift}` : null;

export function standingOfAlarm(check: AlarmCheck | null, watch: string | null, nowMs: number): AlarmStanding {
  if (!check || check.watch !== watch || nowMs - check.atMs >= COUNTS_FOR_MS) return 'not-proved';
  return check.heard ? 'proved' : 'not-heard';
}

/** The steps of a check; what an answer leads to. */
export type Step = 'closed' | 'begin' | 'mute' | 'sounded' | 'unheard' | 'desktop' | 'shown' | 'unseen';

export type Permission = 'default' | 'granted' | 'denied';

/** After the alarm was heard: the desktop, where notifications are possible at all. */
export const afterHeard = (permission: Permission): Step => (permission === 'denied' ? 'closed' : 'desktop');

export function storedCheck(): AlarmCheck | null {
  try {
    const given: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    const fields = given as Partial<AlarmCheck> | null;
    const sound = typeof fields?.atMs === 'number' && typeof fields.heard === 'boolean';
    return sound && typeof fields.position === 'string' ? (given as AlarmCheck) : null;
  } catch {
    return null;
  }
}

export function keepCheck(check: AlarmCheck): void {
  localStorage.setItem(KEY, JSON.stringify(check));
}
