// Which 32 bytes may become an Ed25519 public key, as `parley.crypto.points` on the node has it (RFC 8032 §5.1.3):
// the one encoding of a point, and none of the eight points of small order, whose holder could deny what was signed.
// Plain arithmetic on public data.

import { BadInput } from './badInput';

const P = 2n ** 255n - 19n;
const D = mod(-121665n * power(121666n, P - 2n));
const SIGN = 1n << 255n;
const Y_OF_ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const SMALL_ORDER_Y: readonly bigint[] = [0n, 1n, P - 1n, Y_OF_ORDER_8, P - Y_OF_ORDER_8];

// X25519 points that give the same secret with every key, on the curve and on its twist.
const U_OF_ORDER_8 = 0x00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0n;
const OTHER_U_OF_ORDER_8 = 0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5fn;
const SMALL_ORDER_U: readonly bigint[] = [0n, 1n, P - 1n, U_OF_ORDER_8, OTHER_U_OF_ORDER_8];

/** Refuse an Ed25519 public key: key.weak-point or key.malformed. */
export function checkPoint(raw: Uint8Array): void {
  const y = littleEndian(raw) & (SIGN - 1n);
  if (SMALL_ORDER_Y.includes(y % P)) {
    throw new BadInput('key.weak-point', 'is a point of small order', { field: 'key', rule: 'make a new key' });
  }
  if (y >= P) throw refused('is a second encoding of its point');
  if (!hasX(y)) throw refused('is not a point of the curve');
}

/** Whether an X25519 public key is of small order. */
export function isSmallOrderX25519(raw: Uint8Array): boolean {
  return SMALL_ORDER_U.includes((littleEndian(raw) & (SIGN - 1n)) % P);
}

/** Whether (y^2 - 1) / (d y^2 + 1) is a square, by Euler's criterion; a/b is one exactly where a*b is. */
function hasX(y: bigint): boolean {
  const product = mod((y * y - 1n) * (D * y * y + 1n));
  return [0n, 1n].includes(power(product, (P - 1n) / 2n));
}

function littleEndian(raw: Uint8Array): bigint {
  return raw.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function mod(value: bigint): bigint {
  return ((value % P) + P) % P;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = mod(base), rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % P) {
    if (rest & 1n) result = (result * square) % P;
  }
  return result;
}

function refused(reason: string): BadInput {
  return new BadInput('key.malformed', reason, { field: 'key', rule: 'RFC 8032 §5.1.3' });
}
