// With what the form of a STOP opens: everything is to cease, for six hours; what is left is where. Pure.

import type { JsonFields } from '../../data/wire';

export const STOP_LASTS_MS = 6 * 3_600_000;
const QUARTER_MS = 15 * 60_000;

/** In the order in which they are filled in. */
export const FIRST_FIELDS: readonly string[] = ['activity', 'area', 'until'];

export function firstStop(nowMs: number): JsonFields {
  return { activity: 'all', until: Math.ceil((nowMs + STOP_LASTS_MS) / QUARTER_MS) * QUARTER_MS };
}
