// Opening a seat's key with its passphrase. Each wrong one makes the next wait longer, up to half a minute, and no longer: a
// guess is slowed, and nobody is ever locked out of a safety line. What was tried is kept in this browser, so that reading the
// page anew shortens no wait.

import { type OfficerKey, openKey } from '../crypto/keys';
import { asProblem, Problem } from './problem';
import { type KeptSeat, type Seat, seatName } from './seats';

export interface Tries {
  readonly wrong: number;
  readonly atMs: number;
}

export const WRONG_PASSPHRASE = 'key.passphrase';
export const TOO_SOON = 'key.wait';
const FIRST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 30_000;
const KEY = 'parley.passphrase-tries';

export const waitAfter = (wrong: number): number =>
  wrong === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(wrong - 1, 10));

/** When a seat's passphrase may be tried next; a clock that was put back keeps nobody waiting for longer than it would. */
export function nextTryMs(seat: Seat, nowMs: number): number {
  const tries = stored()[seatName(seat)];
  return tries ? Math.min(tries.atMs, nowMs) + waitAfter(tries.wrong) : 0;
}

/** The key of the seat. Throws Problem: key.passphrase, key.wait, key.none. */
export async function unlock(seat: KeptSeat, passphrase: string, nowMs: () => number = Date.now): Promise<OfficerKey> {
  if (nowMs() < nextTryMs(seat, nowMs())) {
    throw new Problem({ code: TOO_SOON, reason: 'the passphrase was wrong a moment ago', field: 'passphrase' });
  }
  try {
    const key = await openKey(seat.name, passphrase);
    keep(seat, null);
    return key;
  } catch (thrown) {
    const problem = asProblem(thrown);
    if (problem.code === WRONG_PASSPHRASE) {
      keep(seat, { wrong: (stored()[seatName(seat)]?.wrong ?? 0) + 1, atMs: nowMs() });
    }
    throw problem;
  }
}

function stored(): Readonly<Record<string, Tries>> {
  try {
    const given: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof given === 'object' && given !== null ? (given as Record<string, Tries>) : {};
  } catch {
    return {};
  }
}

function keep(seat: Seat, tries: Tries | null): void {
  const { [seatName(seat)]: _, ...others } = stored();
  localStorage.setItem(KEY, JSON.stringify(tries ? { ...others, [seatName(seat)]: tries } : others));
}
