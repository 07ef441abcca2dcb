// Void: why a recorded statement moves nothing. A peer's bad statement is never dropped: it stays at its index in its
// author's log, shown as *void, because…*.

import type { BadInput } from '../crypto/badInput';

/** `code` is stable, e.g. mandate.exceeded; `reason` is one sentence for an officer. */
export interface Void {
  readonly code: string;
  readonly reason: string;
}

export const voidFor = (code: string, reason: string): Void => ({ code, reason });

/** The void that a malformed content gives. */
export const voidBecause = (fault: BadInput): Void => ({ code: fault.code, reason: fault.told });
