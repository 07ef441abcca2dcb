// COSE_Sign1 (RFC 9052 §4.2) in Parley's strict profile: 18([protected, {}, payload, signature]) in deterministic CBOR,
// algorithm Ed25519 (-19, RFC 9864) only and only in the protected header, no crit, nothing unprotected, payload there.
// Bytes are verified as they came, never as written anew.

import { BadInput } from './badInput';
import { type Bytes, concat } from './bytes';
import { type CborKey, type CborValue, decode, encode } from './cbor';
import { SIGNATURE_BYTES, type VerifyKey } from './publicKeys';

export const ALG_ED25519 = -19;
export const SHA256_ALG = -16;
export const CONTENT_FORMAT_CBOR = 60;
const LABEL_ALG = 1;
const LABEL_CRIT = 2;
const OPENING = [0xd2, 0x84];

/** A parsed COSE_Sign1; its signature is not yet verified. `header` is the protected header by label. */
export interface Sign1 {
  readonly header: ReadonlyMap<CborKey, CborValue>;
  readonly protectedRaw: Bytes;
  readonly payload: Bytes;
  readonly signature: Bytes;
}

/** Makes the 64-byte Ed25519 signature of a message; the key stays with whoever made this. */
export type Sign = (message: Bytes) => Promise<Bytes>;

/** The Sig_structure ["Signature1", protected, external_aad, payload] (RFC 9052 §4.4), external_aad empty. */
export function toBeSigned(protectedRaw: Uint8Array, payload: Uint8Array): Bytes {
  return encode(['Signature1', protectedRaw, new Uint8Array(), payload]);
}

/** The complete tagged object. */
export async function sign1(sign: Sign, header: ReadonlyMap<CborKey, CborValue>, payload: Uint8Array): Promise<Bytes> {
  checkHeader(header);
  const protectedRaw = encode(header);
  const signature = await sign(toBeSigned(protectedRaw, payload));
  return concat(Uint8Array.of(0xd2), encode([protectedRaw, new Map(), payload, signature]));
}

/** Parse a complete object of at most `maxBytes`. Throws BadInput: cose.* or cbor.*. */
export function parse1(raw: Uint8Array, maxBytes: number): Sign1 {
  if (raw[0] !== OPENING[0] || raw[1] !== OPENING[1]) {
    throw new BadInput('cose.untagged', 'does not begin with tag 18 and an array of 4', { rule: 'RFC 9052 §4.2' });
  }
  const parts = decode(raw.subarray(1), { maxBytes: maxBytes - 1 });
  if (!Array.isArray(parts) || parts.length !== 4) throw new BadInput('cose.form', 'must be an array of 4');
  const [protectedRaw, unprotected, payload, signature] = parts as readonly CborValue[];
  if (!(unprotected instanceof Map) || unprotected.size > 0) throw bad('unprotected', 'must be an empty map');
  if (!(payload instanceof Uint8Array)) throw bad('payload', 'must be a byte string, not detached');
  if (!(signature instanceof Uint8Array) || signature.length !== SIGNATURE_BYTES) {
    throw bad('signature', `must be ${SIGNATURE_BYTES} bytes`);
  }
  if (!(protectedRaw instanceof Uint8Array)) throw badHeader('must be a byte string');
  const header = decode(protectedRaw, { maxBytes });
  if (!(header instanceof Map)) throw badHeader('must hold a map');
  checkHeader(header);
  return {
    header,
    protectedRaw: new Uint8Array(protectedRaw),
    payload: new Uint8Array(payload),
    signature: new Uint8Array(signature),
  };
}

/** Whether `key` signed this. */
export function verify1(sign1: Sign1, key: VerifyKey): Promise<boolean> {
  return key.verify(sign1.signature, toBeSigned(sign1.protectedRaw, sign1.payload));
}

function checkHeader(header: ReadonlyMap<CborKey, CborValue>): void {
  for (const label of header.keys()) {
    if (typeof label !== 'number' && typeof label !== 'bigint') throw badHeader('labels must be integers');
  }
  if (header.has(LABEL_CRIT)) throw new BadInput('cose.crit', 'no critical extensions are known', { field: 'crit' });
  if (header.get(LABEL_ALG) !== ALG_ED25519) {
    throw new BadInput('cose.wrong-alg', `must be ${ALG_ED25519}, Ed25519`, { field: 'alg', rule: 'RFC 9864' });
  }
}

function bad(field: 'unprotected' | 'payload' | 'signature', reason: string): BadInput {
  return new BadInput(`cose.${field}`, reason, { field });
}

function badHeader(reason: string): BadInput {
  return new BadInput('cose.header', reason, { field: 'protected' });
}
