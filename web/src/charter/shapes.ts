// Shape checks of decoded CBOR values, each naming the field at fault: the value narrowed to its type, or cbor.type.

import { BadInput } from '../crypto/badInput';
import { type Bytes, characters } from '../crypto/bytes';
import type { CborKey, CborValue } from '../crypto/cbor';

type Given = CborValue | undefined;

export function array(field: string, value: Given, { count = -1, most = 4096 } = {}): readonly CborValue[] {
  if (!Array.isArray(value) || value.length > most) throw fault(field, `must be an array of at most ${most}`);
  if (count >= 0 && value.length !== count) throw fault(field, `must be an array of ${count}`);
  return value as readonly CborValue[];
}

export function mapping(field: string, value: Given): ReadonlyMap<CborKey, CborValue> {
  if (!(value instanceof Map)) throw fault(field, 'must be a map');
  return value;
}

/** Text of at most `most` code points. */
export function text(field: string, value: Given, { most = 2000 } = {}): string {
  if (typeof value !== 'string' || characters(value) > most) {
    throw fault(field, `must be text of at most ${most} characters`);
  }
  return value;
}

export function integer(field: string, value: Given, { least = 0, most = Number.MAX_SAFE_INTEGER } = {}): number {
  if (typeof value !== 'number' || value < least || value > most) {
    throw fault(field, `must be an integer from ${least} to ${most}`);
  }
  return value;
}

export function flag(field: string, value: Given): boolean {
  if (typeof value !== 'boolean') throw fault(field, 'must be true or false');
  return value;
}

export function octets(field: string, value: Given, count: number): Bytes {
  if (!(value instanceof Uint8Array) || value.length !== count) throw fault(field, `must be ${count} bytes`);
  return new Uint8Array(value);
}

/** At least one byte, at most `most`. */
export function someOctets(field: string, value: Given, most: number): Bytes {
  if (!(value instanceof Uint8Array) || value.length < 1 || value.length > most) {
    throw fault(field, `must be 1 to ${most} bytes`);
  }
  return new Uint8Array(value);
}

function fault(field: string, reason: string): BadInput {
  return new BadInput('cbor.type', reason, { field });
}
