// Reads the vectors that `python -m tests.web.vectors` makes: values of the node's own encoders, as JSON.

import { fromHex } from '../crypto/bytes';
import type { CborKey, CborValue } from '../crypto/cbor';
import type { Sign } from '../crypto/cose';

export type Told =
  | null
  | boolean
  | { readonly int: string }
  | { readonly bytes: string }
  | { readonly text: string }
  | { readonly array: readonly Told[] }
  | { readonly map: readonly (readonly [Told, Told])[] };

export function valueTold(told: Told): CborValue {
  if (told === null || typeof told === 'boolean') return told;
  if ('int' in told) return Number.isSafeInteger(Number(told.int)) ? Number(told.int) : BigInt(told.int);
  if ('bytes' in told) return fromHex(told.bytes);
  if ('text' in told) return told.text;
  if ('array' in told) return told.array.map(valueTold);
  return new Map(told.map.map(([key, item]) => [valueTold(key) as CborKey, valueTold(item)]));
}

/** Signs with the Ed25519 key of a seed, by WebCrypto. */
export async function signerOf(seedHex: string): Promise<Sign> {
  const pkcs8 = fromHex(`302e020100300506032b657004220420${seedHex}`);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, message));
}
