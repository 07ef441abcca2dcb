// A passphrase that guards an officer's key: see docs/decisions/0015. The private key is wrapped by AES-256-GCM under a key that
// PBKDF2 makes of the passphrase and a salt of this officer's own; what is kept in the browser is of no use without it. The
// name and the public key are authenticated with it, so that no wrapped key stands under another officer's name.
//
// A key can be wrapped only while it is extractable. That it is for the instant between its making and its wrapping, within
// one call; its bytes never come to a script, and what is unwrapped later is not extractable.

import { BadInput } from './badInput';
import type { Bytes } from './bytes';

export const MIN_PASSPHRASE_CHARS = 8;
const MAX_PASSPHRASE_CHARS = 256;
/** PBKDF2 with HMAC-SHA-256, as OWASP advised in 2023; kept with each key, so that it can be raised for later ones. */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const IV_BYTES = 12;

/** A private key as it is kept under a passphrase. */
export interface Guarded {
  readonly salt: Bytes;
  readonly iterations: number;
  readonly iv: Bytes;
  readonly wrapped: Bytes;
}

/** Makes a pair whose private half can be had again with `passphrase` alone. */
export async function makeGuarded(
  passphrase: string,
  name: string,
): Promise<{ readonly publicKey: Bytes; readonly privateKey: CryptoKey; readonly guarded: Guarded }> {
  checkPassphrase(passphrase);
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const [salt, iv] = [random(SALT_BYTES), random(IV_BYTES)];
  const key = await wrappingKey(passphrase, salt, ITERATIONS);
  const algorithm = { name: 'AES-GCM', iv, additionalData: binding(name, publicKey) };
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('pkcs8', pair.privateKey, key, algorithm));
  const guarded = { salt, iterations: ITERATIONS, iv, wrapped };
  return { publicKey, privateKey: await unwrap(key, guarded, name, publicKey), guarded };
}

/** The private key, not extractable; null where this is not its passphrase. */
export async function openGuarded(
  guarded: Guarded,
  passphrase: string,
  name: string,
  publicKey: Bytes,
): Promise<CryptoKey | null> {
  const key = await wrappingKey(passphrase, guarded.salt, guarded.iterations);
  try {
    return await unwrap(key, guarded, name, publicKey);
  } catch {
    return null;
  }
}

/** Refuse a passphrase that guards nothing: passphrase.length. */
export function checkPassphrase(passphrase: string): void {
  const { length } = [...normal(passphrase)];
  if (length < MIN_PASSPHRASE_CHARS || length > MAX_PASSPHRASE_CHARS) {
    throw new BadInput('passphrase.length', `has ${length} characters`, {
      field: 'passphrase',
      rule: `from ${MIN_PASSPHRASE_CHARS} to ${MAX_PASSPHRASE_CHARS}`,
    });
  }
}

const unwrap = (key: CryptoKey, { iv, wrapped }: Guarded, name: string, publicKey: Bytes): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey(
    'pkcs8',
    wrapped,
    key,
    { name: 'AES-GCM', iv, additionalData: binding(name, publicKey) },
    'Ed25519',
    false,
    ['sign'],
  );

async function wrappingKey(passphrase: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(normal(passphrase));
  const base = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  );
}

/** The same characters, however a keyboard composes them. */
const normal = (passphrase: string): string => passphrase.normalize('NFKC');

const random = (bytes: number): Bytes => crypto.getRandomValues(new Uint8Array(bytes));

function binding(name: string, publicKey: Bytes): Bytes {
  const text = new TextEncoder().encode(`parley guarded key, version 1\n${name}\n`);
  return new Uint8Array([...text, ...publicKey]);
}
