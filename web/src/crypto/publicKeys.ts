// Public keys and verifying under them: Ed25519 by WebCrypto (RFC 8032), ML-DSA-44 (FIPS 204, empty context) by
// @noble/post-quantum, X-Wing keys only looked at. Verifying answers yes or no; a signature of the wrong length is a no.

import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { BadInput } from './badInput';
import { type Bytes, hex } from './bytes';
import { sha256 } from './hash';
import { checkPoint, isSmallOrderX25519 } from './points';

export const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
export const KID_BYTES = 8;
export const PQ_KEY_BYTES = 1312;
export const PQ_SIGNATURE_BYTES = 2420;
export const SEAL_KEY_BYTES = 1216;

const MLKEM_KEY_BYTES = 1184;
const MLKEM_VECTOR_BYTES = 1152;
const MLKEM_Q = 3329;

/** An Ed25519 public key. */
export class VerifyKey {
  readonly raw: Bytes;
  readonly kid: Bytes;
  private imported: Promise<CryptoKey> | null = null;

  private constructor(raw: Bytes) {
    this.raw = raw;
    this.kid = kidOf(raw);
  }

  /** The key `raw`, from anybody: BadInput where it is no point in its one encoding or of small order. */
  static from(raw: Uint8Array): VerifyKey {
    need(raw, KEY_BYTES, 'Ed25519');
    checkPoint(raw);
    return new VerifyKey(new Uint8Array(raw));
  }

  get kidHex(): string {
    return hex(this.kid);
  }

  /** Whether `signature` is this key's over `message`. */
  async verify(signature: Uint8Array, message: Uint8Array): Promise<boolean> {
    if (signature.length !== SIGNATURE_BYTES) return false;
    this.imported ??= crypto.subtle.importKey('raw', this.raw, 'Ed25519', false, ['verify']);
    const key = await this.imported;
    return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
  }
}

/** Key id: the first 8 bytes of SHA-256 of the key. */
export function kidOf(raw: Uint8Array): Bytes {
  return sha256(raw).slice(0, KID_BYTES);
}

/** Whether `signature` is by the ML-DSA-44 key `raw` over `message`. Every string of 1312 bytes is a key. */
export function verifyPostQuantum(raw: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  if (signature.length !== PQ_SIGNATURE_BYTES) return false;
  try {
    return ml_dsa44.verify(signature, message, raw);
  } catch {
    return false;
  }
}

/** Refuse a sealing key (MLKEM768-X25519): key.malformed where not reduced (FIPS 203 §7.2), key.weak-point. */
export function checkSealKey(raw: Uint8Array): void {
  need(raw, SEAL_KEY_BYTES, 'X-Wing');
  for (let at = 0; at < MLKEM_VECTOR_BYTES; at += 3) {
    const [low, middle, high] = [raw[at] ?? 0, raw[at + 1] ?? 0, raw[at + 2] ?? 0];
    if ((low | ((middle & 15) << 8)) >= MLKEM_Q || ((middle >> 4) | (high << 4)) >= MLKEM_Q) {
      throw new BadInput('key.malformed', 'its ML-KEM-768 half is not reduced', { field: 'key' });
    }
  }
  if (isSmallOrderX25519(raw.subarray(MLKEM_KEY_BYTES))) {
    throw new BadInput('key.weak-point', 'its X25519 half is of small order', { field: 'key' });
  }
}

export function need(raw: Uint8Array, count: number, name: string): void {
  if (raw.length !== count) throw new BadInput('key.malformed', `${name}: must be ${count} bytes`, { field: 'key' });
}
