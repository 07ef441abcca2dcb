// Entry: one leaf of a member's log, held by every member. Deterministic CBOR array
// [version, seq, at, charter, directory, seen, statement sight, content sight, body], at most 4 KiB. The body is 32 bytes
// (SHA-256 of the complete statement; in entry 0 the digest of what founds the log) or, in a receipt, an array of ranges
// [log, first, count] of entries whose statements and contents, as far as this member has sight, are durable there.

import { BadInput } from '../crypto/badInput';
import type { Bytes } from '../crypto/bytes';
import { type CborValue, decode } from '../crypto/cbor';
import { DIGEST_BYTES } from '../crypto/hash';
import type { MemberSet } from './ids';

export const ENTRY_VERSION = 1;
export const MAX_ENTRY_BYTES = 4096;
const MAX_RECEIPT_RANGES = 256;
const MAX_SEEN = 64;

export interface ReceiptRange {
  readonly log: number;
  readonly first: number;
  readonly count: number;
}

/** Size and root of another log, as far as an author had seen it. */
export interface SeenHead {
  readonly size: number;
  readonly root: Bytes;
}

export interface Entry {
  readonly seq: number;
  readonly atMs: number;
  readonly charterVersion: number;
  /** Index of this log's latest directory statement before this entry, 0 where there is none. */
  readonly directory: number;
  readonly seen: ReadonlyMap<number, SeenHead>;
  readonly statementSight: MemberSet;
  readonly contentSight: MemberSet;
  readonly body: Bytes | readonly ReceiptRange[];
}

/** Decode leaf bytes strictly. Throws BadInput: entry.* or cbor.*, naming the field. */
export function decodeEntry(raw: Uint8Array): Entry {
  const value = decode(raw, { maxBytes: MAX_ENTRY_BYTES, maxDepth: 4 });
  if (!Array.isArray(value) || value.length !== 9) throw bad('entry', 'must be an array of 9');
  const [version, seq, at, charter, directory, seen, statementSight, contentSight, body] =
    value as readonly CborValue[];
  if (version !== ENTRY_VERSION) throw bad('version', `must be ${ENTRY_VERSION}`);
  return {
    seq: integer('seq', seq),
    atMs: integer('at', at),
    charterVersion: integer('charter', charter),
    directory: integer('directory', directory),
    seen: decodeSeen(seen),
    statementSight: integer('statement_sight', statementSight),
    contentSight: integer('content_sight', contentSight),
    body: decodeBody(body),
  };
}

/** The ranges of a receipt; null where the entry bears a statement. */
export function receiptRanges(entry: Entry): readonly ReceiptRange[] | null {
  return entry.body instanceof Uint8Array ? null : entry.body;
}

function decodeSeen(value: CborValue | undefined): ReadonlyMap<number, SeenHead> {
  if (!(value instanceof Map) || value.size > MAX_SEEN) throw bad('seen', `must be a map of at most ${MAX_SEEN}`);
  const heads = new Map<number, SeenHead>();
  for (const [log, head] of value) {
    if (!Array.isArray(head) || head.length !== 2) throw bad('seen', 'each value must be [size, root]');
    const [size, root] = head as readonly CborValue[];
    if (!(root instanceof Uint8Array) || root.length !== DIGEST_BYTES) {
      throw bad('seen', `root must be ${DIGEST_BYTES} bytes`);
    }
    heads.set(integer('seen', log), { size: integer('seen', size), root: new Uint8Array(root) });
  }
  return heads;
}

function decodeBody(value: CborValue | undefined): Bytes | readonly ReceiptRange[] {
  if (value instanceof Uint8Array) {
    if (value.length !== DIGEST_BYTES) throw bad('body', `a statement digest is ${DIGEST_BYTES} bytes`);
    return new Uint8Array(value);
  }
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_RECEIPT_RANGES) {
    throw bad('body', `must be a digest or 1 to ${MAX_RECEIPT_RANGES} receipt ranges`);
  }
  return (value as readonly CborValue[]).map((item) => {
    if (!Array.isArray(item) || item.length !== 3) throw bad('body', 'a receipt range is [log, first, count]');
    const [log, first, count] = (item as readonly CborValue[]).map((part) => integer('body', part));
    if (log === undefined || first === undefined || !count) throw bad('body', 'a receipt range is not empty');
    return { log, first, count };
  });
}

function bad(field: string, reason: string): BadInput {
  return new BadInput(`entry.${field.replaceAll('_', '-')}`, reason, { field });
}

function integer(field: string, value: CborValue | undefined): number {
  if (typeof value !== 'number' || value < 0 || value > Number.MAX_SAFE_INTEGER) {
    throw bad(field, 'must be an integer from 0 to 2^53 - 1');
  }
  return value;
}
