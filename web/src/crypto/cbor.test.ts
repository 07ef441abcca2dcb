import { describe, expect, it } from 'vitest';
import vectors from '../vectors/cbor.json';
import { type Told, valueTold } from '../vectors/read';
import { BadInput } from './badInput';
import { fromHex, hex } from './bytes';
import { type CborValue, decode, encode } from './cbor';

const good = vectors.good as readonly { readonly value: Told; readonly hex: string }[];
const given = vectors.given as readonly { readonly hex: string; readonly value?: Told; readonly code?: string }[];

function read(raw: string): { readonly value?: CborValue; readonly code?: string } {
  try {
    return { value: decode(fromHex(raw)) };
  } catch (fault) {
    if (fault instanceof BadInput) return { code: fault.code };
    throw fault;
  }
}

describe('CBOR', () => {
  it("writes what the node's encoder writes, byte for byte", () => {
    for (const vector of good) expect(hex(encode(valueTold(vector.value)))).toBe(vector.hex);
  });

  it('reads it back to the same value', () => {
    for (const vector of good) expect(decode(fromHex(vector.hex))).toEqual(sorted(valueTold(vector.value)));
  });

  it('takes and refuses the same bytes as the node, for the same reason', () => {
    for (const vector of given) {
      const found = read(vector.hex);
      if (vector.code) expect({ hex: vector.hex, ...found }).toEqual({ hex: vector.hex, code: vector.code });
      else expect(found.value).toEqual(valueTold(vector.value ?? null));
    }
  });

  it.each([1.5, Number.NaN, 2 ** 53, 1n << 64n, '\ud800', undefined, Symbol('x')])('refuses to write %s', (value) => {
    expect(() => encode(value as CborValue)).toThrow(BadInput);
  });

  it('refuses what is nested too deeply, has too many keys or equal ones', () => {
    let nested: CborValue = 0;
    for (let depth = 0; depth < 17; depth++) nested = [nested];
    expect(() => encode(nested)).toThrow('cbor.too-deep');
    expect(() => encode(new Map(Array.from({ length: 1025 }, (_, key) => [key, 0])))).toThrow('cbor.oversized');
    expect(() =>
      encode(
        new Map<number | bigint, number>([
          [1, 0],
          [1n, 0],
        ]),
      ),
    ).toThrow('two equal map keys');
    expect(() => decode(new Uint8Array(65537))).toThrow('cbor.oversized');
  });
});

/** Maps in the order in which they are encoded. */
function sorted(value: CborValue): CborValue {
  if (Array.isArray(value)) return value.map(sorted);
  return value instanceof Map ? decode(encode(value)) : value;
}
