// SHA-256 (FIPS 180-4). Computed here and not by WebCrypto, so that formats can be read without waiting.

import { sha256 as digest } from '@noble/hashes/sha2.js';
import type { Bytes } from './bytes';

export const DIGEST_BYTES = 32;

export function sha256(data: Uint8Array): Bytes {
  return new Uint8Array(digest(data));
}
