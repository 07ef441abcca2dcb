// The proof file (`.parley-proof`): deterministic CBOR map with integer keys:
// 0 "parley proof" · 1 version, 1 · 2 signed charters · 3 [log, seq] of the statement ·
// 4 logs [log, checkpoint as a signed note, leaves [seq, entry, inclusion proof, statement / null, content / null]] ·
// 5 claims [by log, seq, of log, consistency proof] · 6 receipts [log, seq] ·
// 7 further checkpoints [log, signed note, root, consistency proof].
// Everything stands in ascending order, each once; all sizes are bounded. Nothing is verified here: see `verify`.

import { MAX_CHARTER_FILE_BYTES } from '../charter/adoption';
import { array, integer, mapping, octets, someOctets, text } from '../charter/shapes';
import { BadInput } from '../crypto/badInput';
import { type Bytes, compare, utf8 } from '../crypto/bytes';
import { type CborValue, decode } from '../crypto/cbor';
import { DIGEST_BYTES } from '../crypto/hash';
import { MAX_ENTRY_BYTES } from '../record/entry';
import { MAX_NOTE_BYTES } from '../record/note';
import { MAX_CONTENT_BYTES, MAX_STATEMENT_BYTES } from '../record/statement';

export const FILE_SUFFIX = '.parley-proof';
export const MAX_PROOF_FILE_BYTES = 16 * 1024 * 1024;
const FILE_TITLE = 'parley proof';
const FILE_VERSION = 1;
const MAX_CHARTERS = 64;
const MAX_LOGS = 64;
const MAX_LEAVES = 8192;
const MAX_CLAIMS = 256;
const MAX_RECEIPTS = 64;
const MAX_FURTHER = 64;
const MAX_HASHES = 63;
const MAX_LOG_ID = 65535;

export interface Leaf {
  readonly seq: number;
  readonly entry: Bytes;
  readonly path: readonly Bytes[];
  readonly statement: Bytes | null;
  readonly content: Bytes | null;
}

export interface LogPart {
  readonly log: number;
  readonly note: string;
  readonly leaves: readonly Leaf[];
}

/** Entry `seq` of log `by` claims in its `seen` a head of log `of`; `path` joins that head and `of`'s checkpoint. */
export interface Claim {
  readonly by: number;
  readonly seq: number;
  readonly of: number;
  readonly path: readonly Bytes[];
}

export interface ReceiptPlace {
  readonly log: number;
  readonly seq: number;
}

/** Another signed checkpoint of a log: with the same root a second signature of this history, else of a fork. */
export interface Further {
  readonly log: number;
  readonly note: string;
  readonly root: Bytes;
  readonly path: readonly Bytes[];
}

export interface ProofFile {
  readonly charters: readonly Bytes[];
  readonly log: number;
  readonly seq: number;
  readonly logs: readonly LogPart[];
  readonly claims: readonly Claim[];
  readonly receipts: readonly ReceiptPlace[];
  readonly further: readonly Further[];
}

/** Read a proof file strictly. Throws BadInput: proof.* or cbor.*, naming the field. */
export function decodeProof(raw: Uint8Array): ProofFile {
  if (raw.length > MAX_PROOF_FILE_BYTES) {
    throw new BadInput('proof.oversized', `${raw.length} bytes`, {
      field: 'file',
      rule: `at most ${MAX_PROOF_FILE_BYTES}`,
    });
  }
  const fields = mapping('file', decode(raw, { maxBytes: MAX_PROOF_FILE_BYTES, maxDepth: 6 }));
  if (fields.get(0) !== FILE_TITLE) throw new BadInput('proof.format', 'is not a Parley proof file', { field: 'file' });
  if (fields.get(1) !== FILE_VERSION) {
    throw new BadInput('proof.version', 'is of a version not understood here', {
      field: 'version',
      rule: `must be ${FILE_VERSION}`,
    });
  }
  if (fields.size !== 8 || ![0, 1, 2, 3, 4, 5, 6, 7].every((key) => fields.has(key))) {
    throw new BadInput('proof.form', 'must have the keys 0 to 7', { field: 'file' });
  }
  const [log, seq] = array('place', fields.get(3), { count: 2 });
  const logs = array('logs', fields.get(4), { most: MAX_LOGS }).map(logPart);
  ascending(
    'logs',
    logs.map((part) => [part.log]),
  );
  if (logs.reduce((count, part) => count + part.leaves.length, 0) > MAX_LEAVES) {
    throw new BadInput('proof.oversized', 'holds too many entries', { field: 'logs', rule: `at most ${MAX_LEAVES}` });
  }
  const claims = array('claims', fields.get(5), { most: MAX_CLAIMS }).map(claim);
  ascending(
    'claims',
    claims.map((one) => [one.by, one.seq, one.of]),
  );
  const receipts = array('receipts', fields.get(6), { most: MAX_RECEIPTS }).map(receipt);
  ascending(
    'receipts',
    receipts.map((one) => [one.log, one.seq]),
  );
  const further = array('further', fields.get(7), { most: MAX_FURTHER }).map(furtherOne);
  ascending(
    'further',
    further.map((one) => [one.log, one.note]),
  );
  const charters = array('charters', fields.get(2), { most: MAX_CHARTERS }).map((item) =>
    someOctets('charters', item, MAX_CHARTER_FILE_BYTES),
  );
  return { charters, log: logId('place', log), seq: integer('place', seq), logs, claims, receipts, further };
}

function logPart(value: CborValue): LogPart {
  const [log, note, items] = array('logs', value, { count: 3 });
  const leaves = array('leaves', items, { most: MAX_LEAVES }).map(leaf);
  if (leaves.length === 0) {
    throw new BadInput('proof.form', 'a log without an entry proves nothing', { field: 'leaves' });
  }
  ascending(
    'leaves',
    leaves.map((one) => [one.seq]),
  );
  return { log: logId('logs', log), note: text('checkpoint', note, { most: MAX_NOTE_BYTES }), leaves };
}

function leaf(value: CborValue): Leaf {
  const [seq, entry, hashes, statement, content] = array('leaves', value, { count: 5 });
  return {
    seq: integer('leaves', seq),
    entry: someOctets('entry', entry, MAX_ENTRY_BYTES),
    path: path('inclusion', hashes, MAX_HASHES),
    statement: statement === null ? null : someOctets('statement', statement, MAX_STATEMENT_BYTES),
    content: content === null ? null : someOctets('content', content, MAX_CONTENT_BYTES),
  };
}

function claim(value: CborValue): Claim {
  const [by, seq, of, hashes] = array('claims', value, { count: 4 });
  return {
    by: logId('claims', by),
    seq: integer('claims', seq),
    of: logId('claims', of),
    path: path('consistency', hashes, MAX_HASHES + 1),
  };
}

function receipt(value: CborValue): ReceiptPlace {
  const [log, seq] = array('receipts', value, { count: 2 });
  return { log: logId('receipts', log), seq: integer('receipts', seq) };
}

function furtherOne(value: CborValue): Further {
  const [log, note, root, hashes] = array('further', value, { count: 4 });
  return {
    log: logId('further', log),
    note: text('checkpoint', note, { most: MAX_NOTE_BYTES }),
    root: octets('root', root, DIGEST_BYTES),
    path: path('consistency', hashes, MAX_HASHES + 1),
  };
}

function logId(field: string, value: CborValue | undefined): number {
  return integer(field, value, { most: MAX_LOG_ID });
}

function path(field: string, value: CborValue | undefined, most: number): readonly Bytes[] {
  return array(field, value, { most }).map((item) => octets(field, item, DIGEST_BYTES));
}

function ascending(field: string, keys: readonly (readonly (number | string)[])[]): void {
  const sorted = keys.every((key, at) => at === 0 || before(keys[at - 1] ?? [], key));
  if (!sorted) throw new BadInput('proof.order', 'must be in ascending order, each once', { field });
}

/** Texts are in the order of their code points, which is that of their UTF-8 bytes. */
function before(left: readonly (number | string)[], right: readonly (number | string)[]): boolean {
  for (const [at, one] of left.entries()) {
    const other = right[at] ?? 0;
    const difference =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : compare(utf8(String(one)), utf8(String(other)));
    if (difference !== 0) return difference < 0;
  }
  return false;
}
