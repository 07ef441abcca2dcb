// Deterministic CBOR (RFC 8949 §4.2.1), the only form in which Parley hashes, signs or sends anything.
//
// What may be written: null, booleans, integers of 64 bits (-2^64 to 2^64 - 1), byte strings, text, arrays, and maps
// whose keys are integers, text or byte strings. Not: floats, tags, undefined, other simple values, indefinite lengths.
// At most MAX_DEPTH containers deep and MAX_MAP_KEYS keys a map.
//
// - Map keys stand in the bytewise order of their encodings.
// - Integers are read as numbers where they are safe, as bigint otherwise; both are written alike.
// - Every byte string has at most one reading: non-minimal heads, unsorted or equal keys and trailing bytes are refused.

import { BadInput } from './badInput';
import { type Bytes, compare, concat, fromUtf8, hex, utf8 } from './bytes';

export type CborKey = number | bigint | string | Uint8Array;
export type CborValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<CborKey, CborValue>;

export const MAX_BYTES = 65536;
export const MAX_DEPTH = 16;
export const MAX_MAP_KEYS = 1024;

const LIMIT = 1n << 64n;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The deterministic encoding of `value`; BadInput for what has no place in the profile. */
export function encode(value: CborValue): Bytes {
  const parts: Uint8Array[] = [];
  write(value, 1, parts);
  return concat(...parts);
}

/**
 * The value that `data`, and nothing but `data`, encodes.
 *
 * Throws BadInput: cbor.oversized, cbor.malformed (also for indefinite lengths and equal keys), cbor.tag, cbor.type,
 * cbor.too-deep, cbor.trailing-bytes, cbor.not-canonical.
 */
export function decode(data: Uint8Array, { maxBytes = MAX_BYTES, maxDepth = MAX_DEPTH } = {}): CborValue {
  if (data.length > maxBytes) {
    throw new BadInput('cbor.oversized', `${data.length} bytes`, { rule: `at most ${maxBytes}` });
  }
  return new Reader(data, maxDepth).whole();
}

function write(value: CborValue, depth: number, out: Uint8Array[]): void {
  if (value === null) out.push(Uint8Array.of(0xf6));
  else if (typeof value === 'boolean') out.push(Uint8Array.of(value ? 0xf5 : 0xf4));
  else if (typeof value === 'number' || typeof value === 'bigint') out.push(integer(value));
  else if (typeof value === 'string') writeText(value, out);
  else if (value instanceof Uint8Array) out.push(head(2, BigInt(value.length)), value);
  else if (depth > MAX_DEPTH) throw tooDeep();
  else if (value instanceof Map) writeMap(value, depth, out);
  else if (Array.isArray(value)) {
    out.push(head(4, BigInt(value.length)));
    for (const item of value) write(item, depth + 1, out);
  } else
    throw new BadInput('cbor.type', `a value of type ${typeof value}`, { rule: 'no floats, tags or simple values' });
}

function writeText(text: string, out: Uint8Array[]): void {
  if (LONE_SURROGATE.test(text))
    throw new BadInput('cbor.type', 'text holds a lone surrogate', { rule: 'text is UTF-8' });
  const bytes = utf8(text);
  out.push(head(3, BigInt(bytes.length)), bytes);
}

function writeMap(map: ReadonlyMap<CborKey, CborValue>, depth: number, out: Uint8Array[]): void {
  if (map.size > MAX_MAP_KEYS) throw tooManyKeys(map.size);
  const pairs = Array.from(map, ([key, item]) => [encodeKey(key), item] as const);
  pairs.sort(([left], [right]) => compare(left, right));
  out.push(head(5, BigInt(pairs.length)));
  let last: Uint8Array | null = null;
  for (const [key, item] of pairs) {
    if (last && compare(last, key) === 0) throw new BadInput('cbor.type', 'two equal map keys');
    last = key;
    out.push(key);
    write(item, depth + 1, out);
  }
}

function encodeKey(key: CborKey): Bytes {
  if (typeof key === 'object' ? key instanceof Uint8Array : typeof key !== 'boolean') return encode(key);
  throw keyType();
}

function integer(value: number | bigint): Bytes {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new BadInput('cbor.type', `the number ${value}`, { rule: 'safe integers; others as bigint; no floats' });
  }
  const whole = BigInt(value);
  if (whole < -LIMIT || whole >= LIMIT) throw new BadInput('cbor.type', 'integer beyond 64 bits');
  return whole < 0n ? head(1, -1n - whole) : head(0, whole);
}

function head(major: number, argument: bigint): Bytes {
  const first = major << 5;
  if (argument < 24n) return Uint8Array.of(first | Number(argument));
  const size = argument < 1n << 8n ? 0 : argument < 1n << 16n ? 1 : argument < 1n << 32n ? 2 : 3;
  const bytes = new Uint8Array(1 + (1 << size));
  bytes[0] = first | (24 + size);
  for (let at = bytes.length - 1, rest = argument; at > 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

/** Reads one value. What breaks the profile but not the syntax is noted, and told once the syntax is known to be good. */
class Reader {
  private at = 0;
  private canonical = true;
  private fault: BadInput | null = null;
  private readonly data: Uint8Array;
  private readonly maxDepth: number;

  constructor(data: Uint8Array, maxDepth: number) {
    this.data = data;
    this.maxDepth = maxDepth;
  }

  whole(): CborValue {
    const value = this.value(1);
    if (this.fault) throw this.fault;
    if (!this.canonical) {
      throw new BadInput('cbor.not-canonical', 'is not the deterministic encoding', { rule: 'RFC 8949 §4.2.1' });
    }
    const left = this.data.length - this.at;
    if (left > 0) throw new BadInput('cbor.trailing-bytes', `${left} bytes follow the value`);
    return value;
  }

  private value(depth: number): CborValue {
    const initial = this.byte();
    const major = initial >> 5;
    if (major === 7) return this.simple(initial & 31);
    const argument = this.argument(initial & 31);
    if (major === 6) return this.tagged(depth);
    if (major === 0) return plain(argument);
    if (major === 1) return plain(-1n - argument);
    if (major === 2) return this.take(argument);
    if (major === 3) return this.text(argument);
    if (depth > this.maxDepth) this.note(tooDeep());
    if (depth > MAX_DEPTH + 1) throw malformed('too deep');
    if (argument > BigInt(this.data.length)) throw malformed('ends early');
    return major === 4 ? this.items(Number(argument), depth) : this.map(Number(argument), depth);
  }

  private items(count: number, depth: number): CborValue[] {
    const items: CborValue[] = [];
    for (let index = 0; index < count; index++) items.push(this.value(depth + 1));
    return items;
  }

  private map(count: number, depth: number): Map<CborKey, CborValue> {
    if (count > MAX_MAP_KEYS) this.note(tooManyKeys(count));
    const pairs = new Map<CborKey, CborValue>();
    const seen = new Set<string>();
    let last: Uint8Array | null = null;
    for (let index = 0; index < count; index++) {
      const start = this.at;
      const key = this.value(depth + 1);
      const encoded = this.data.subarray(start, this.at);
      if (last && compare(last, encoded) >= 0) this.canonical = false;
      last = encoded;
      const usable = isKey(key) ? key : hex(encoded);
      if (!isKey(key)) this.note(keyType());
      const identity = key instanceof Uint8Array ? `bytes ${hex(key)}` : `${typeof usable} ${String(usable)}`;
      if (seen.has(identity)) throw malformed('two equal map keys');
      seen.add(identity);
      pairs.set(usable, this.value(depth + 1));
    }
    return pairs;
  }

  private tagged(depth: number): never {
    if (depth > MAX_DEPTH) throw malformed('too deep');
    this.value(depth + 1);
    throw new BadInput('cbor.tag', 'tags are not allowed');
  }

  private simple(short: number): CborValue {
    if (short === 20 || short === 21) return short === 21;
    if (short === 22) return null;
    if (short > 27 || (short === 24 && (this.data[this.at] ?? 0) < 32)) throw malformed('reserved or indefinite');
    this.at += short < 24 ? 0 : 1 << (short - 24);
    if (this.at > this.data.length) throw malformed('ends early');
    this.note(new BadInput('cbor.type', 'a float or simple value', { rule: 'no floats, tags or simple values' }));
    return null;
  }

  private argument(short: number): bigint {
    if (short < 24) return BigInt(short);
    if (short > 27) throw malformed('reserved or indefinite');
    const width = 1 << (short - 24);
    let value = 0n;
    for (let index = 0; index < width; index++) value = (value << 8n) | BigInt(this.byte());
    if (value < (short === 24 ? 24n : 1n << BigInt(4 * width))) this.canonical = false;
    return value;
  }

  private text(length: bigint): string {
    const bytes = this.take(length);
    try {
      return fromUtf8(bytes);
    } catch {
      throw malformed('text is not UTF-8');
    }
  }

  private take(length: bigint): Bytes {
    if (length > BigInt(this.data.length - this.at)) throw malformed('ends early');
    const bytes = this.data.slice(this.at, this.at + Number(length));
    this.at += bytes.length;
    return bytes;
  }

  private byte(): number {
    const byte = this.data[this.at];
    if (byte === undefined) throw malformed('ends early');
    this.at += 1;
    return byte;
  }

  private note(fault: BadInput): void {
    this.fault ??= fault;
  }
}

/** A number where it is safe. */
export function plain(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(value) : value;
}

function isKey(value: CborValue): value is CborKey {
  return ['number', 'bigint', 'string'].includes(typeof value) || value instanceof Uint8Array;
}

const malformed = (reason: string): BadInput => new BadInput('cbor.malformed', reason);
const tooDeep = (): BadInput => new BadInput('cbor.too-deep', 'too many containers inside each other');
const keyType = (): BadInput =>
  new BadInput('cbor.type', 'a map key of another type', { rule: 'integers, text or byte strings' });
const tooManyKeys = (count: number): BadInput =>
  new BadInput('cbor.oversized', `a map of ${count} keys`, { rule: `at most ${MAX_MAP_KEYS}` });
