// The directory: the fold of one member's built-in statements, in the order of its log. Root certifies node keys and
// registrars; registrars enrol, entrust and revoke officers, and so, within the charter's limits, do registrars on duty. Validity is by place in the log, never by clock. A bad
// statement is void and changes nothing. The directory of a reopened log begins empty with its log.reopen.
//
// `apply` trusts that `admission.judge` found the statement not void and that its signature was verified.

import { BadInput } from '../crypto/badInput';
import { type Bytes, equal, hex } from '../crypto/bytes';
import { toBeSigned } from '../crypto/cose';
import { sha256 } from '../crypto/hash';
import { checkSealKey, VerifyKey } from '../crypto/publicKeys';
import { originOf } from '../record/checkpoint';
import type { ContentFields } from '../record/content';
import { logGeneration, logOwner } from '../record/ids';
import type { Statement } from '../record/statement';
import { signs } from './adoption';
import { decodeCharter } from './charter';
import {
  type BuiltInKind,
  type CharterAssent,
  decodeFields,
  type Enrolment,
  isBuiltIn,
  type MandateChange,
  type NodeCertificate,
  possessionMessage,
  type Reopening,
  type Revocation,
  ROOT_POSITION,
} from './directoryKinds';
import { enrolsBeyond, maySign, revokesBeyond } from './onDuty';
import { type Capacity, type Signer, Signers } from './signers';
import type { OnDuty } from './terms';
import { type Void, voidBecause, voidFor } from './void';

const AUTHORITY: { readonly [Kind in BuiltInKind]: readonly Capacity[] } = {
  'directory.node': ['root'],
  'directory.registrar': ['root'],
  'directory.enrol': ['registrar'],
  'directory.revoke': ['registrar', 'root'],
  'directory.mandate': ['registrar'],
  'charter.assent': ['root'],
  'log.reopen': ['root'],
};

/** A node's keys, certified at entry `seq` of its log. */
export interface NodeKeys {
  readonly seq: number;
  readonly logKey: VerifyKey;
  readonly pqKey: Bytes;
}

/** A doubt on what a key signed from `sinceMs` on (its owner's word), stated at entry `seq`; it voids nothing. */
export interface Annotation {
  readonly seq: number;
  readonly sinceMs: number;
  readonly reason: string;
}

type Event = { readonly seq: number } & (
  | { readonly statement: Statement; readonly content: ContentFields; readonly onDuty: OnDuty | null }
  | { readonly rootKey: VerifyKey }
);

export class Directory {
  readonly annotations = new Map<string, Annotation[]>();
  private readonly signers = new Signers();
  private readonly nodes: NodeKeys[] = [];
  private readonly chain: number[] = [];
  private readonly assented = new Set<number>();
  private readonly applied = new Set<string>();
  private readonly history: Event[] = [];
  private reopenedBy: Bytes | null = null;
  private root: VerifyKey;
  private last = -1;
  readonly owner: string;
  readonly mechanism: Bytes;
  readonly log: number;
  private readonly firstRoot: VerifyKey;

  constructor(owner: string, rootKey: VerifyKey, mechanism: Bytes, log: number) {
    this.owner = owner;
    this.mechanism = mechanism;
    this.log = log;
    this.firstRoot = rootKey;
    this.root = rootKey;
    this.beginRoot(rootKey, 0);
  }

  // ---- what it answers ------------------------------------------------------------------------------------------

  /** The officer, registrar or root whose key `kid` is, if it is in force at entry `seq`. */
  signerAt(kid: Uint8Array, seq: number): Signer | null {
    return this.signers.at(hex(kid), seq);
  }

  whyNot(kid: Uint8Array, seq: number): Void {
    return this.signers.whyNot(kid, seq);
  }

  /** The keys that sign checkpoints of `size`: of the latest certificate below it, or the first; null without any. */
  nodeKeysForSize(size: number): NodeKeys | null {
    return this.nodes.findLast((keys) => keys.seq < size) ?? this.nodes[0] ?? null;
  }

  /** Every certificate of this log, newest first. */
  allNodeKeys(): readonly NodeKeys[] {
    return this.nodes.toReversed();
  }

  /** The latest statement in force before entry `seq`: what that entry must name. */
  latestBefore(seq: number): number {
    return this.chain.findLast((place) => place < seq) ?? 0;
  }

  /** Void where the key `kid` may not sign the built-in `kind` at entry `seq`. */
  authority(kind: BuiltInKind, kid: Uint8Array, seq: number, onDuty: OnDuty | null): Void | null {
    const signer = this.signerAt(kid, seq);
    if (!signer) return this.whyNot(kid, seq);
    if (AUTHORITY[kind].includes(signer.capacity) || maySign(onDuty, kind, signer)) return null;
    return voidFor(
      'mandate.exceeded',
      `${kind} is signed by ${AUTHORITY[kind].join(' or ')}, not by ${signer.position}`,
    );
  }

  // ---- how it grows ---------------------------------------------------------------------------------------------

  /** Fold the built-in statement at entry `seq`; a void one changes nothing. Entries come in ascending order. `onDuty`: the
   *  term of the charter in force. */
  async apply(seq: number, statement: Statement, content: ContentFields, onDuty: OnDuty | null): Promise<Void | null> {
    if (seq <= this.last) throw new Error(`entry ${seq} after entry ${this.last}`);
    this.last = seq;
    const { kind, kid } = statement.fields;
    if (!isBuiltIn(kind)) return null;
    let wrong: Void | null;
    try {
      wrong =
        this.authority(kind, kid, seq, onDuty) ??
        this.misplaced(seq, statement) ??
        (await this.fold(seq, kind, statement, content, onDuty));
    } catch (fault) {
      if (fault instanceof BadInput) return voidBecause(fault);
      throw fault;
    }
    if (wrong === null) {
      this.chain.push(seq);
      this.applied.add(repeatOf(statement));
      this.history.push({ seq, statement, content, onDuty });
    }
    return wrong;
  }

  /** A charter names this member's root key, from entry `seq` on; one known in another capacity is refused. */
  changeRoot(seq: number, rootKey: VerifyKey): Void | null {
    if (rootKey.kidHex === this.root.kidHex) return null;
    if (this.knowsKey(rootKey.kidHex)) {
      return voidFor('directory.key-used', `key ${rootKey.kidHex} was used before in this log`);
    }
    this.signers.end(this.root.kidHex, seq, 'officer.replaced');
    this.beginRoot(rootKey, seq);
    this.root = rootKey;
    this.history.push({ seq, rootKey });
    return null;
  }

  /** The directory as it was when the log had `size` entries. */
  async prefix(size: number): Promise<Directory> {
    const earlier = new Directory(this.owner, this.firstRoot, this.mechanism, this.log);
    for (const event of this.history) {
      if (event.seq >= size) break;
      if ('rootKey' in event) earlier.changeRoot(event.seq, event.rootKey);
      else await earlier.apply(event.seq, event.statement, event.content, event.onDuty);
    }
    return earlier;
  }

  // ---- inside ---------------------------------------------------------------------------------------------------

  private beginRoot(key: VerifyKey, seq: number): void {
    this.signers.begin({ capacity: 'root', key, position: ROOT_POSITION, mandates: [], fromSeq: seq });
  }

  private knowsKey(kid: string): boolean {
    return this.signers.knows(kid) || this.nodes.some((keys) => keys.logKey.kidHex === kid);
  }

  private misplaced(seq: number, statement: Statement): Void | null {
    if ((statement.fields.kind === 'log.reopen') !== (seq === 0)) {
      return voidFor('directory.place', 'log.reopen, and nothing else, is entry 0 of a reopened log');
    }
    if (logGeneration(this.log) > 1 && seq > 0 && this.reopenedBy === null) {
      return voidFor('directory.place', "this log was not reopened by its member's root");
    }
    const binding = this.reopenedBy ? [hex(this.reopenedBy)] : [];
    if (statement.fields.repliesTo.map(hex).join() !== binding.join()) {
      return voidFor('directory.other-log', 'it was signed for another log of this member');
    }
    if (this.applied.has(repeatOf(statement))) {
      return voidFor('directory.repeated', 'it was applied before in this log and counts once');
    }
    return null;
  }

  private async fold(
    seq: number,
    kind: BuiltInKind,
    statement: Statement,
    content: ContentFields,
    onDuty: OnDuty | null,
  ): Promise<Void | null> {
    const said = decodeFields(kind, content);
    const by = this.signerAt(statement.fields.kid, seq);
    if (!by) throw new Error('its authority was checked');
    const limits = by.capacity === 'officer' ? onDuty : null;
    switch (said.kind) {
      case 'directory.node':
        return this.node(seq, said);
      case 'directory.registrar':
        return this.enlist(seq, 'registrar', said.position, VerifyKey.from(said.key), [], null);
      case 'directory.enrol':
        return this.enrol(seq, said, by, limits);
      case 'directory.revoke':
        return this.revoke(seq, said, by, limits);
      case 'directory.mandate':
        return this.entrust(seq, said);
      case 'charter.assent':
        return this.assent(said);
      case 'log.reopen':
        return this.reopen(said, statement.digest);
    }
  }

  private node(seq: number, said: NodeCertificate): Void | null {
    const logKey = VerifyKey.from(said.logKey);
    if (this.signers.knows(logKey.kidHex)) {
      return voidFor('directory.key-used', "a node's log key is nobody's signing key");
    }
    checkSealKey(said.sealKey);
    this.nodes.push({ seq, logKey, pqKey: said.pqKey });
    return null;
  }

  private enlist(
    seq: number,
    capacity: Capacity,
    position: string,
    key: VerifyKey,
    mandates: readonly string[],
    replaces: string | null,
    by: Capacity | null = null,
  ): Void | null {
    if (this.knowsKey(key.kidHex)) {
      return voidFor('directory.key-used', `key ${key.kidHex} was used before in this log; each is used once`);
    }
    const holder = this.signers.holder(position);
    if (holder !== replaces) {
      return voidFor('directory.position', `${position} is ${holder === null ? 'free' : 'held by another key'}`);
    }
    if (replaces !== null) this.signers.end(replaces, seq, 'officer.replaced', by);
    this.signers.begin({ capacity, key, position, mandates, fromSeq: seq + 1 });
    return null;
  }

  private async enrol(seq: number, said: Enrolment, by: Signer, limits: OnDuty | null): Promise<Void | null> {
    const replaces = said.replaces === null ? null : hex(said.replaces);
    if (replaces !== null && this.signers.now(replaces)?.capacity !== 'officer') {
      return voidFor('directory.not-in-force', "the key to be replaced is no officer's in force");
    }
    const key = VerifyKey.from(said.key);
    if (!(await key.verify(said.possession, possessionMessage(this.mechanism, this.owner, said.position, said.key)))) {
      return voidFor('directory.possession', 'the new key did not prove that its holder has it');
    }
    const wrong = limits && enrolsBeyond(limits, said.mandates, this.signers.latestIn(said.position));
    return wrong ?? this.enlist(seq, 'officer', said.position, key, said.mandates, replaces, by.capacity);
  }

  private revoke(seq: number, said: Revocation, by: Signer, limits: OnDuty | null): Void | null {
    const kid = hex(said.kid);
    const latest = this.signers.latest(kid);
    if (!latest) return voidFor('directory.unknown-key', `key ${kid} was never enrolled in this log`);
    if (latest.capacity === 'root' || (latest.capacity === 'registrar' && by.capacity !== 'root')) {
      return voidFor('mandate.exceeded', 'registrars revoke officers; root revokes anyone but itself');
    }
    const wrong = limits && revokesBeyond(limits, latest);
    if (wrong) return wrong;
    if (latest.untilSeq !== null && said.compromisedSinceMs === null) {
      return voidFor('directory.not-in-force', `key ${kid} ended at entry ${latest.untilSeq} already`);
    }
    if (latest.untilSeq === null) this.signers.end(kid, seq, 'officer.revoked', by.capacity);
    if (said.compromisedSinceMs !== null) {
      const note = { seq, sinceMs: said.compromisedSinceMs, reason: said.reason };
      this.annotations.set(kid, [...(this.annotations.get(kid) ?? []), note]);
    }
    return null;
  }

  private entrust(seq: number, said: MandateChange): Void | null {
    const kid = hex(said.kid);
    const officer = this.signers.now(kid);
    if (officer?.capacity !== 'officer') {
      return voidFor('directory.not-in-force', `key ${kid} is no officer's in force`);
    }
    this.signers.end(kid, seq, '');
    this.signers.begin({ ...officer, mandates: said.mandates, fromSeq: seq });
    return null;
  }

  private async assent(said: CharterAssent): Promise<Void | null> {
    const charter = decodeCharter(said.charter);
    if (charter.version !== said.version || charter.founding === null || !equal(charter.founding, this.mechanism)) {
      return voidFor('charter.amendment', "the charter is not that version of this mechanism's");
    }
    if (this.assented.has(said.version)) {
      return voidFor('charter.assented', `this member assented to a version ${said.version} before`);
    }
    if (!(await signs(charter, logOwner(this.log), said.signature, this.root))) {
      return voidFor('charter.signature', 'the root signature of the charter is wrong');
    }
    this.assented.add(said.version);
    return null;
  }

  private reopen(said: Reopening, digest: Bytes): Void | null {
    const generation = logGeneration(this.log);
    if (generation < 2 || said.origin !== originOf(this.mechanism, this.owner, generation - 1)) {
      return voidFor('directory.place', 'it does not close the log before this one');
    }
    this.reopenedBy = digest;
    return null;
  }
}

/** SHA-256 of what was signed, which only recognises repeats. */
function repeatOf(statement: Statement): string {
  return hex(sha256(toBeSigned(statement.sign1.protectedRaw, statement.sign1.payload)));
}
