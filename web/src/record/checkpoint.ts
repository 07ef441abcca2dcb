// Checkpoints: a log's signed tree head (C2SP tlog-checkpoint v1.0.0, tlog-cosignature v1.1).
//
// - Text: origin, size in decimal, base64 root, each on a line; extension lines are refused. A size is one that entries
//   can number, 2^53 - 1 at most.
// - A log signs with Ed25519 (0x01) over the text, under its origin as key name.
// - The timestamped ML-DSA-44 cosignature (0x06) signs cosigner, time, origin, size and root. Its time is in seconds;
//   0 makes no claim that this was the newest head.

import { BadInput } from '../crypto/badInput';
import { type Bytes, concat, equal, fromBase64, hex, uint64, utf8 } from '../crypto/bytes';
import { DIGEST_BYTES } from '../crypto/hash';
import { PQ_SIGNATURE_BYTES, type VerifyKey, verifyPostQuantum } from '../crypto/publicKeys';
import { EMPTY_ROOT } from './merkle';
import { checkNote, ED25519, keyId, ML_DSA_44_COSIGNATURE, type NoteKey, type NoteSignature, parseNote } from './note';

const MAX_NAME_BYTES = 255;
const MAX_TREE_SIZE = 2n ** 63n - 1n;
const COSIGNATURE_BYTES = 8 + PQ_SIGNATURE_BYTES;
const COSIGNATURE_LABEL = utf8('subtree/v1\n\0');
const DECIMAL = /^(0|[1-9][0-9]{0,18})$/;

/** A tree head; nothing about it is verified. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}

/** Name of a member's log in a mechanism: `parley/<16 hex>/<CODE>`, with `/2` after a reopening. */
export function originOf(mechanism: Uint8Array, code: string, generation: number): string {
  const name = `parley/${hex(mechanism.subarray(0, 8))}/${code}`;
  return generation === 1 ? name : `${name}/${generation}`;
}

export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin = '', size = '', root = '', end] = lines;
  if (lines.length > 4 && origin && size && root) {
    throw new BadInput('checkpoint.extension-lines', 'the checkpoint has extension lines', {
      rule: 'exactly three lines',
    });
  }
  if (lines.length !== 4 || end !== '' || !origin || utf8(origin).length > MAX_NAME_BYTES) {
    throw new BadInput('checkpoint.malformed', 'not a checkpoint', { rule: 'origin, size and root, each on a line' });
  }
  const head = { origin, size: parseSize(size), root: fromBase64(root) };
  if (!isHead(head)) throw new BadInput('checkpoint.root', 'no tree of this size has this root', { field: 'root' });
  if (!Number.isSafeInteger(head.size)) {
    throw new BadInput('checkpoint.size', 'is larger than entries can number', { field: 'size' });
  }
  return head;
}

/** A checkpoint of the log named `origin` and its verified signatures, from a signed note. */
export async function openCheckpoint(
  note: string,
  origin: string,
  keys: readonly NoteKey[],
): Promise<{ readonly checkpoint: Checkpoint; readonly signatures: readonly NoteSignature[] }> {
  const parsed = parseNote(note);
  const checkpoint = parseCheckpoint(parsed.text);
  if (checkpoint.origin !== origin) {
    throw new BadInput('checkpoint.wrong-origin', `this is a checkpoint of another log than ${origin}`, {
      field: 'origin',
    });
  }
  return { checkpoint, signatures: await checkNote(parsed, keys) };
}

/** A log's Ed25519 key as a note verifier; it accepts heads of that origin only. */
export function headKey(origin: string, key: VerifyKey): NoteKey {
  return {
    name: origin,
    keyId: keyId(origin, ED25519, key.raw),
    verify: async (text, signature) => text.startsWith(`${origin}\n`) && key.verify(signature, utf8(text)),
  };
}

/** A cosigner's ML-DSA-44 key as a note verifier. */
export function cosignerKey(cosigner: string, key: Uint8Array): NoteKey {
  return {
    name: cosigner,
    keyId: keyId(cosigner, ML_DSA_44_COSIGNATURE, key),
    verify: async (text, cosignature) => {
      const head = parseCheckpoint(text);
      if (cosignature.length !== COSIGNATURE_BYTES || cosignatureTime(cosignature) >= 2n ** 63n) return false;
      return verifyPostQuantum(key, cosignature.subarray(8), cosignatureMessage(cosigner, cosignature, head));
    },
  };
}

/** Seconds since 1970 that a 0x06 cosignature claims, up to 2^63 - 1; 0 where it claims none. */
export function cosignatureTime(cosignature: Uint8Array): bigint {
  return new DataView(cosignature.buffer, cosignature.byteOffset, 8).getBigUint64(0);
}

function cosignatureMessage(cosigner: string, cosignature: Uint8Array, head: Checkpoint): Bytes {
  return concat(
    COSIGNATURE_LABEL,
    short(cosigner),
    cosignature.subarray(0, 8),
    short(head.origin),
    new Uint8Array(8),
    uint64(head.size),
    head.root,
  );
}

/** opaque<1..2^8-1> (RFC 8446 §3.4). */
function short(name: string): Bytes {
  const data = utf8(name);
  return concat(Uint8Array.of(data.length), data);
}

function parseSize(text: string): number {
  if (!DECIMAL.test(text) || BigInt(text) > MAX_TREE_SIZE) {
    throw new BadInput('checkpoint.size', 'not a whole number as it must be written', {
      rule: 'ASCII digits, no leading zero',
    });
  }
  return Number(text);
}

function isHead({ size, root }: { readonly size: number; readonly root: Uint8Array }): boolean {
  return root.length === DIGEST_BYTES && (size > 0 || equal(root, EMPTY_ROOT));
}
