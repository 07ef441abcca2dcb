// Standing: what may be said of data on screen at this moment. Old data is never passed off as new: once it is older than
// STALE_AFTER_MS, or the line to the node is closed, it bears its age. Pure.

import { asProblem } from './problem';

/** Longer than the views are left unasked (`queries.REFRESH_MS`), so that only an answer that failed to come is stale. */
export const STALE_AFTER_MS = 90_000;

export type Standing<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'offline'; readonly value: Value | null; readonly ageMs: number | null }
  | { readonly state: 'error'; readonly code: string; readonly reason: string; readonly rule: string | null }
  | { readonly state: 'stale'; readonly value: Value; readonly ageMs: number }
  | { readonly state: 'fresh'; readonly value: Value };

export interface Asked<Value> {
  readonly value: Value | undefined;
  readonly gotAtMs: number;
  readonly error: Error | null;
}

export function standingOf<Value>(asked: Asked<Value>, lineOpen: boolean, nowMs: number): Standing<Value> {
  const { value, error } = asked;
  const ageMs = value === undefined ? null : Math.max(0, nowMs - asked.gotAtMs);
  if (!lineOpen) return { state: 'offline', value: value ?? null, ageMs };
  if (value !== undefined && ageMs !== null) {
    return ageMs > STALE_AFTER_MS || error ? { state: 'stale', value, ageMs } : { state: 'fresh', value };
  }
  if (!error) return { state: 'loading' };
  const { code, message, rule } = asProblem(error);
  return { state: 'error', code, reason: message, rule };
}

/** The value that is on screen, if there is any. */
export function shown<Value>(standing: Standing<Value>): Value | null {
  return standing.state === 'fresh' || standing.state === 'stale' || standing.state === 'offline'
    ? standing.value
    : null;
}
