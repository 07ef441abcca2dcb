// The alarm: what of that which rings is to be heard now. Silence is for this terminal and for what rings already; a new ring,
// or the same one at a further stage, is heard at once. Pure.

import type { RingView } from '../../data/wire';

export const SILENCE_MS = 60_000;

/** urgent: FLASH, and whatever escalates; steady: everything else that rings. */
export type Loudness = 'none' | 'steady' | 'urgent';

/** By ring and stage: until when it is silent here. */
export type Silences = Readonly<Record<string, number>>;

export interface AlarmModel {
  readonly loudness: Loudness;
  /** Rings that are heard. */
  readonly heard: readonly RingView[];
  /** Until when those that are silent are so; null where none is. */
  readonly silentUntilMs: number | null;
}

export const ringKey = (ring: RingView): string => `${ring.reference} ${ring.whose} ${ring.stage} ${ring.alternates}`;

export function alarmOf(rings: readonly RingView[], silences: Silences, nowMs: number): AlarmModel {
  const until = (ring: RingView): number => silences[ringKey(ring)] ?? 0;
  const heard = rings.filter((ring) => until(ring) <= nowMs);
  const silent = rings.map(until).filter((one) => one > nowMs);
  const urgent = heard.some((ring) => ring.precedence === 'FLASH' || ring.stage !== 'first');
  return {
    loudness: heard.length === 0 ? 'none' : urgent ? 'urgent' : 'steady',
    heard,
    silentUntilMs: silent.length > 0 ? Math.min(...silent) : null,
  };
}

/** Everything that rings now is silent here for a minute; what is over is forgotten. */
export function silenced(rings: readonly RingView[], silences: Silences, nowMs: number): Silences {
  const kept = Object.entries(silences).filter(([, until]) => until > nowMs);
  return Object.fromEntries([...kept, ...rings.map((ring) => [ringKey(ring), nowMs + SILENCE_MS] as const)]);
}

/** The tab's title: how many ring, and the word of the most urgent. */
export function titleOf(rings: readonly RingView[], word: string, plain: string): string {
  return rings.length > 0 ? `(${rings.length}) ${word} · ${plain}` : plain;
}

/** Whether a ring reaches an officer: the accountable watch and the alternates rung so far; without a roster, everybody. */
export function reaches(ring: RingView, position: string): boolean {
  return ring.positions.length === 0 || ring.positions.includes(position);
}
