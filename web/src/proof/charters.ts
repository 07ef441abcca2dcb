// The line of charters in a proof: the founding one and each amendment, verified, and the names they give to logs.

import { type SignedCharter, verifySigned } from '../charter/adoption';
import type { Charter, Member } from '../charter/charter';
import { BadInput } from '../crypto/badInput';
import type { Bytes } from '../crypto/bytes';
import type { VerifyKey } from '../crypto/publicKeys';
import { originOf } from '../record/checkpoint';
import { logGeneration, logOwner } from '../record/ids';

const MAX_GENERATIONS = 16;

/** Verified charters in order. Build it with `verified`. */
export class CharterLine {
  readonly charters: readonly Charter[];
  readonly founding: Charter;
  /** The last one, which names every member there is. */
  readonly newest: Charter;

  private constructor(founding: Charter, charters: readonly Charter[]) {
    this.charters = charters;
    this.founding = founding;
    this.newest = charters.at(-1) ?? founding;
  }

  /** The line, once every signature of every charter in it is checked and none is missing. Throws BadInput. */
  static async verified(signed: readonly SignedCharter[]): Promise<CharterLine> {
    const first = signed[0];
    if (!first) throw new BadInput('proof.charters', 'holds no charter', { field: 'charters' });
    let previous: Charter | null = null;
    for (const one of signed) {
      await verifySigned(one, previous);
      previous = one.charter;
    }
    return new CharterLine(
      first.charter,
      signed.map((one) => one.charter),
    );
  }

  get mechanism(): Bytes {
    return this.founding.mechanism;
  }

  version(number: number): Charter | null {
    return this.charters.findLast((charter) => charter.version === number) ?? null;
  }

  /** The member that writes `log`, or null where no member can. */
  owner(log: number): Member | null {
    return logGeneration(log) <= MAX_GENERATIONS ? (this.newest.members[logOwner(log)] ?? null) : null;
  }

  /** `SYR`, or `SYR2` for the log of a second generation; `log 9` where no member writes it. */
  name(log: number): string {
    const member = this.owner(log);
    const generation = logGeneration(log);
    return member ? `${member.code}${generation > 1 ? generation : ''}` : `log ${log}`;
  }

  /** How people name a place: `SYR 42`. */
  reference(log: number, seq: number): string {
    return `${this.name(log)} ${seq}`;
  }

  /** The C2SP origin of a member's log. */
  origin(log: number): string {
    return originOf(this.mechanism, this.owner(log)?.code ?? '', logGeneration(log));
  }

  /** The code of a member by ordinal. */
  code(ordinal: number): string {
    return this.newest.members[ordinal]?.code ?? `member ${ordinal}`;
  }

  /** The root key at entry 0 of a member's log; `version` is the charter that entry 0 names. */
  firstRoot(log: number, version: number): VerifyKey | null {
    const ordinal = logOwner(log);
    const opened = logGeneration(log) > 1 ? (this.version(version) ?? this.founding).members[ordinal] : undefined;
    const joined = this.charters.find((charter) => ordinal < charter.members.length);
    return (opened ?? joined?.members[ordinal])?.rootKey ?? null;
  }
}
