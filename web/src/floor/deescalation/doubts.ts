// What a doubt is said with: places as they are read, numbers in the unit that people use. Pure.

import type { DoubtView } from '../../data/wire';
import { degrees } from '../../forms/place';

/** `33.12540 N 35.80120 E`. */
export function placeText([latitude = 0, longitude = 0]: readonly number[]): string {
  return `${degrees(latitude)} ${latitude < 0 ? 'S' : 'N'} ${degrees(longitude)} ${longitude < 0 ? 'W' : 'E'}`;
}

/** The place that may have been meant, as text; null where none was found that fits. */
export function guessOf(doubt: DoubtView): string | null {
  return doubt.guess === null ? null : placeText(doubt.guess);
}

export function kilometres(doubt: DoubtView): number {
  return (doubt.numbers['distance_m'] ?? 0) / 1000;
}

/** The number that was entered, in metres, and what it would be in metres if it had been meant in the other unit. */
export function heightsOf(doubt: DoubtView): { readonly entered: number; readonly meant: number } {
  const entered = doubt.numbers['height_m'] ?? 0;
  return { entered, meant: doubt.how === 'feet' ? entered * 0.3048 : entered / 0.3048 };
}

/** One of each sort and volume: a list that says the same thing of every corner is not read. */
export function apart(doubts: readonly DoubtView[]): readonly DoubtView[] {
  const seen = new Set<string>();
  return doubts.filter((one) => {
    const key = `${one.volume} ${one.code} ${one.field}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
