// Signers: which key of a member was good for what, told by place in the member's log alone. A tenure runs from the entry
// after the statement that began it up to, and without, the entry that ended it; where only mandates change, the next
// takes over without a gap. A revocation is never retroactive. A kid is used once in a log, a position has one holder.

import { hex } from '../crypto/bytes';
import type { VerifyKey } from '../crypto/publicKeys';
import { type Void, voidFor } from './void';

export type Capacity = 'officer' | 'registrar' | 'root';

/** One key's tenure: entries `fromSeq` up to, and without, `untilSeq` (null while in force). */
export interface Signer {
  readonly capacity: Capacity;
  readonly key: VerifyKey;
  readonly position: string;
  readonly mandates: readonly string[];
  readonly fromSeq: number;
  readonly untilSeq: number | null;
  /** Void code that a later statement by it gets; '' while in force or where only mandates changed. */
  readonly ended: string;
  /** In what capacity the act that ended it was signed; null where no act of a signer ended it. */
  readonly endedBy: Capacity | null;
}

/** All tenures of one log, by kid in hex. `begin` and `end` are called in log order; `at` answers for any place. */
export class Signers {
  private readonly tenures = new Map<string, Signer[]>();
  private readonly holders = new Map<string, string>();
  private readonly lately = new Map<string, string>();

  knows(kid: string): boolean {
    return this.tenures.has(kid);
  }

  /** The tenure of `kid` that covers entry `seq`. */
  at(kid: string, seq: number): Signer | null {
    const tenure = this.tenures.get(kid)?.findLast((one) => one.fromSeq <= seq);
    return tenure && (tenure.untilSeq === null || seq < tenure.untilSeq) ? tenure : null;
  }

  /** The tenure of `kid` that has not ended. */
  now(kid: string): Signer | null {
    const last = this.latest(kid);
    return last && last.untilSeq === null ? last : null;
  }

  latest(kid: string): Signer | null {
    return this.tenures.get(kid)?.at(-1) ?? null;
  }

  /** The kid that holds `position` now. */
  holder(position: string): string | null {
    return this.holders.get(position) ?? null;
  }

  /** The latest tenure of whoever held `position` last, ended or not. */
  latestIn(position: string): Signer | null {
    const kid = this.lately.get(position);
    return kid === undefined ? null : this.latest(kid);
  }

  begin(signer: Omit<Signer, 'untilSeq' | 'ended' | 'endedBy'>): void {
    const kid = signer.key.kidHex;
    const tenure: Signer = { ...signer, untilSeq: null, ended: '', endedBy: null };
    this.tenures.set(kid, [...(this.tenures.get(kid) ?? []), tenure]);
    this.holders.set(signer.position, kid);
    this.lately.set(signer.position, kid);
  }

  end(kid: string, seq: number, ended: string, endedBy: Capacity | null = null): void {
    const tenures = this.tenures.get(kid) ?? [];
    const last = tenures.pop();
    if (!last) return;
    tenures.push({ ...last, untilSeq: seq, ended, endedBy });
    this.holders.delete(last.position);
  }

  /** Why no tenure of `kid` covers entry `seq`; asked only where `at` gave null. */
  whyNot(kid: Uint8Array, seq: number): Void {
    const tenures = this.tenures.get(hex(kid));
    const [first, last] = [tenures?.at(0), tenures?.at(-1)];
    if (!first || !last) return voidFor('officer.unknown', `key ${hex(kid)} was never enrolled in this member's log`);
    if (seq < first.fromSeq) {
      return voidFor('officer.not-yet', `key ${hex(kid)} is enrolled only from entry ${first.fromSeq} on`);
    }
    const verb = last.ended === 'officer.replaced' ? 'was replaced' : 'was revoked';
    return voidFor(last.ended || 'officer.revoked', `${last.position} ${verb} at entry ${last.untilSeq}`);
  }
}
