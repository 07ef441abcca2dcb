// Content: what a statement says. Deterministic CBOR map with text keys, the typed fields of its kind and `salt`, 16
// random bytes, so that the digest of a guessable text tells nothing to a member without content sight. At most 64 KiB.

import { BadInput } from '../crypto/badInput';
import type { Bytes } from '../crypto/bytes';
import { type CborKey, type CborValue, decode, encode } from '../crypto/cbor';
import { sha256 } from '../crypto/hash';
import { MAX_CONTENT_BYTES } from './statement';

const SALT = 'salt';
export const SALT_BYTES = 16;
const MAX_CONTENT_DEPTH = 12;

export type ContentFields = ReadonlyMap<string, CborValue>;

/** The content bytes of `fields` under `salt`. */
export function encodeContent(fields: ContentFields, salt: Uint8Array): Bytes {
  if (fields.has(SALT)) throw new BadInput('content.salt', 'is reserved', { field: SALT });
  if (salt.length !== SALT_BYTES) throw wrongSalt();
  const raw = encode(new Map<CborKey, CborValue>([[SALT, salt], ...fields]));
  if (raw.length > MAX_CONTENT_BYTES) {
    throw new BadInput('content.oversized', `${raw.length} bytes`, {
      field: 'content',
      rule: `at most ${MAX_CONTENT_BYTES}`,
    });
  }
  return raw;
}

/** The fields of content bytes, without the salt. */
export function decodeContent(raw: Uint8Array): ContentFields {
  const value = decode(raw, { maxBytes: MAX_CONTENT_BYTES, maxDepth: MAX_CONTENT_DEPTH });
  if (!(value instanceof Map) || !Array.from(value.keys()).every((key) => typeof key === 'string')) {
    throw new BadInput('content.form', 'must be a map with text keys', { field: 'content' });
  }
  const fields = new Map<string, CborValue>(Array.from(value, ([key, item]) => [String(key), item]));
  const salt = fields.get(SALT);
  if (!(salt instanceof Uint8Array) || salt.length !== SALT_BYTES) throw wrongSalt();
  fields.delete(SALT);
  return fields;
}

/** SHA-256 of content bytes: what the statement signs. */
export const contentDigest = (raw: Uint8Array): Bytes => sha256(raw);

function wrongSalt(): BadInput {
  return new BadInput('content.salt', `must be ${SALT_BYTES} bytes`, { field: SALT });
}
