// Merkle tree of a log (RFC 6962 §2.1, SHA-256): leaf = H(0x00 ‖ entry), node = H(0x01 ‖ left ‖ right).
// Proof hashes run from the leaf's sibling upwards. Verification is RFC 9162 §2.1.3.2 and §2.1.4.2; it answers true or
// false and never throws on hostile values. Sizes may be beyond 32 bits, so halving is done by arithmetic, not by bits.

import { type Bytes, concat, equal } from '../crypto/bytes';
import { DIGEST_BYTES, sha256 } from '../crypto/hash';

export const EMPTY_ROOT: Bytes = sha256(new Uint8Array());

export const leafHash = (entry: Uint8Array): Bytes => sha256(concat(Uint8Array.of(0), entry));
export const nodeHash = (left: Uint8Array, right: Uint8Array): Bytes => sha256(concat(Uint8Array.of(1), left, right));

/** Whether `proof` shows `leaf` at `index` of the tree with `size` and `root`. */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!areSizes(index, size) || index >= size || !areHashes(leaf, root, ...proof)) return false;
  let climb = { place: index, last: size - 1 };
  let have = leaf;
  for (const hash of proof) {
    if (climb.last === 0) return false;
    if (isOdd(climb.place) || climb.place === climb.last) {
      have = nodeHash(hash, have);
      climb = overEven(climb);
    } else {
      have = nodeHash(have, hash);
    }
    climb = halved(climb);
  }
  return climb.last === 0 && equal(have, root);
}

/** Whether `proof` shows that the tree (newer, newRoot) begins with (older, oldRoot). */
export function verifyConsistency(
  older: number,
  newer: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!areSizes(older, newer) || older > newer || !areHashes(oldRoot, newRoot, ...proof)) return false;
  if (older === 0) return proof.length === 0 && equal(oldRoot, EMPTY_ROOT) && (newer > 0 || equal(newRoot, EMPTY_ROOT));
  if (older === newer) return proof.length === 0 && equal(oldRoot, newRoot);
  let climb = { place: older - 1, last: newer - 1 };
  while (isOdd(climb.place)) climb = halved(climb);
  const [first, ...hashes] = climb.place > 0 ? proof : [oldRoot, ...proof];
  if (first === undefined) return false;
  let had = first;
  let have = first;
  for (const hash of hashes) {
    if (climb.last === 0) return false;
    if (isOdd(climb.place) || climb.place === climb.last) {
      had = nodeHash(hash, had);
      have = nodeHash(hash, have);
      climb = overEven(climb);
    } else {
      have = nodeHash(have, hash);
    }
    climb = halved(climb);
  }
  return climb.last === 0 && equal(had, oldRoot) && equal(have, newRoot);
}

interface Climb {
  readonly place: number;
  readonly last: number;
}

const isOdd = (value: number): boolean => value % 2 === 1;
const halved = ({ place, last }: Climb): Climb => ({ place: Math.floor(place / 2), last: Math.floor(last / 2) });

/** Climb over the levels at which the path's node has no sibling, that is, up to where it is a right child. */
function overEven(climb: Climb): Climb {
  let at = climb;
  while (at.place > 0 && !isOdd(at.place)) at = halved(at);
  return at;
}

const areSizes = (...sizes: readonly number[]): boolean =>
  sizes.every((size) => Number.isSafeInteger(size) && size >= 0);
const areHashes = (...hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === DIGEST_BYTES);
