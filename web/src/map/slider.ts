// The time slider: one instant of the next 72 hours, set by hand, stepped by keys, or played. Pure: time is handed in.

import type { MapItem, Volume } from './volume';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const SPAN_MS = 72 * HOUR_MS;
export const STEP_MS = 15 * MINUTE_MS;
export const LEAP_MS = 6 * HOUR_MS;
/** All 72 hours go by in 36 seconds. */
export const PLAY_RATE = SPAN_MS / 36_000;

export interface Slider {
  /** The first instant: the whole quarter of an hour at or before now. */
  readonly startMs: number;
  readonly atMs: number;
  readonly playing: boolean;
  /** Goes with the clock, until it is set by hand. */
  readonly follows: boolean;
}

export type Turn =
  | { readonly to: number }
  | { readonly by: number }
  | { readonly play: boolean }
  /** Milliseconds of the clock that went by while it played. */
  | { readonly elapsed: number }
  /** What the clock shows now. */
  | { readonly now: number }
  /** Back to what the clock shows, and on with it. */
  | { readonly follow: number };

export function sliderAt(nowMs: number): Slider {
  return { startMs: startOf(nowMs), atMs: nowMs, playing: false, follows: true };
}

export function turned(slider: Slider, turn: Turn): Slider {
  if ('now' in turn) return passed(slider, turn.now);
  if ('follow' in turn) return sliderAt(turn.follow);
  if ('elapsed' in turn) {
    if (!slider.playing) return slider;
    const atMs = held(slider, slider.atMs + turn.elapsed * PLAY_RATE);
    return { ...slider, atMs, playing: atMs < endOf(slider) };
  }
  const byHand = { ...slider, follows: false };
  if ('to' in turn) return { ...byHand, atMs: held(slider, turn.to) };
  if ('by' in turn) return { ...byHand, atMs: held(slider, slider.atMs + turn.by), playing: false };
  const atEnd = slider.atMs >= endOf(slider);
  return { ...byHand, playing: turn.play, atMs: turn.play && atEnd ? slider.startMs : slider.atMs };
}

/** Time has passed: the 72 hours begin later, and the instant goes with them where it follows or would be left behind. */
function passed(slider: Slider, nowMs: number): Slider {
  const moved = { ...slider, startMs: startOf(nowMs) };
  return { ...moved, atMs: slider.follows ? nowMs : held(moved, slider.atMs) };
}

const startOf = (nowMs: number): number => Math.floor(nowMs / STEP_MS) * STEP_MS;

export const endOf = (slider: Slider): number => slider.startMs + SPAN_MS;

const held = (slider: Slider, atMs: number): number => Math.min(endOf(slider), Math.max(slider.startMs, atMs));

/** Where the next volume begins or ends after an instant (`1`) or before it (`-1`), within the slider; null where none does. */
export function nextChange(items: readonly MapItem[], slider: Slider, direction: 1 | -1): number | null {
  const changes = items
    .flatMap((item) => item.volumes.flatMap((volume) => [volume.from, volume.until]))
    .filter((ms) => ms >= slider.startMs && ms <= endOf(slider))
    .filter((ms) => (direction > 0 ? ms > slider.atMs : ms < slider.atMs));
  if (changes.length === 0) return null;
  return direction > 0 ? changes.reduce((a, b) => Math.min(a, b)) : changes.reduce((a, b) => Math.max(a, b));
}

/** How many volumes are active in each of so many equal parts of the slider. */
export function busyness(items: readonly MapItem[], slider: Slider, parts: number): readonly number[] {
  const each = SPAN_MS / parts;
  const begins = new Array<number>(parts + 1).fill(0);
  const bump = (at: number, by: number) => {
    begins[at] = (begins[at] ?? 0) + by;
  };
  for (const volume of items.flatMap((item): readonly Volume[] => item.volumes)) {
    const first = Math.max(0, Math.floor((volume.from - slider.startMs) / each));
    const last = Math.min(parts, Math.ceil((volume.until - slider.startMs) / each));
    if (first >= last) continue;
    bump(first, 1);
    bump(last, -1);
  }
  let running = 0;
  return begins.slice(0, parts).map((by) => {
    running += by;
    return running;
  });
}
