// The officer's key: made in the browser, kept there, never out of it. Ed25519 by WebCrypto, not extractable, so that no
// script can read it; stored in IndexedDB under a name of the caller's choice, as a CryptoKey, or wrapped under a passphrase
// (`passphrase`). Losing the browser's profile loses the key: a registrar then enrols another.

import { possessionMessage } from '../charter/directoryKinds';
import { BadInput } from './badInput';
import type { Bytes } from './bytes';
import type { Sign } from './cose';
import { type Guarded, makeGuarded, openGuarded } from './passphrase';
import { kidOf, SIGNATURE_BYTES } from './publicKeys';

const DATABASE = 'parley';
const STORE = 'officer-keys';
const VERSION = 1;

/** A key that signs here. `kid` and `publicKey` may leave the browser; nothing else of it can. */
export interface OfficerKey {
  readonly publicKey: Bytes;
  readonly kid: Bytes;
  readonly sign: Sign;
}

/** A key that this browser keeps, ready to sign or not. */
export interface KeptKey {
  readonly name: string;
  readonly publicKey: Bytes;
  readonly kid: Bytes;
  readonly isGuarded: boolean;
}

interface Named {
  readonly name: string;
  readonly publicKey: Bytes;
}
type Stored = Named & ({ readonly privateKey: CryptoKey } | { readonly guarded: Guarded });

/** Whether this browser can make such keys here: WebCrypto needs a secure context and must know Ed25519. */
export async function canSignHere(): Promise<boolean> {
  try {
    await generate();
    return true;
  } catch {
    return false;
  }
}

/** Makes a new key under `name`, in place of none: key.exists where there is one already. Null: without a passphrase. */
export async function makeKey(
  name: string,
  database: IDBFactory = indexedDB,
  passphrase: string | null = null,
): Promise<OfficerKey> {
  if (await keptKey(name, database)) {
    throw new BadInput('key.exists', `there is a key named ${name} in this browser`, { field: 'name' });
  }
  if (passphrase !== null) {
    const { publicKey, privateKey, guarded } = await makeGuarded(passphrase, heldName(name));
    await inStore(database, 'readwrite', (store) => store.add({ name, publicKey, guarded }));
    return usable(publicKey, privateKey);
  }
  const { privateKey, publicKey: made } = await generate();
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', made));
  await inStore(database, 'readwrite', (store) => store.add({ name, publicKey, privateKey }));
  return usable(publicKey, privateKey);
}

/** The key under `name` as it is kept, or null. */
export async function keptKey(name: string, database: IDBFactory = indexedDB): Promise<KeptKey | null> {
  const stored = await read(name, database);
  if (!stored) return null;
  const { publicKey } = stored;
  return { name, publicKey, kid: kidOf(publicKey), isGuarded: 'guarded' in stored };
}

/** The key under `name`, or null: where there is none, and where it is guarded by a passphrase. */
export async function findKey(name: string, database: IDBFactory = indexedDB): Promise<OfficerKey | null> {
  const stored = await read(name, database);
  return stored && 'privateKey' in stored ? usable(stored.publicKey, stored.privateKey) : null;
}

/** The key under `name`, with its passphrase where it has one: key.none, key.passphrase. */
export async function openKey(name: string, passphrase: string, database: IDBFactory = indexedDB): Promise<OfficerKey> {
  const stored = await read(name, database);
  if (!stored) throw new BadInput('key.none', 'there is no such key in this browser', { field: 'name' });
  if ('privateKey' in stored) return usable(stored.publicKey, stored.privateKey);
  const privateKey = await openGuarded(stored.guarded, passphrase, heldName(name), stored.publicKey);
  if (!privateKey) throw new BadInput('key.passphrase', 'is not the passphrase of this key', { field: 'passphrase' });
  return usable(stored.publicKey, privateKey);
}

/** Names of the keys in this browser. */
export async function keyNames(database: IDBFactory = indexedDB): Promise<readonly string[]> {
  return (await inStore(database, 'readonly', (store) => store.getAllKeys())).map(String);
}

/** Forget the key under `name` for ever. */
export async function forgetKey(name: string, database: IDBFactory = indexedDB): Promise<void> {
  await inStore(database, 'readwrite', (store) => store.delete(name));
}

/** The name under which a key waits that is to hold `name` once it is enrolled. */
export const waitingName = (name: string): string => `${name}${WAITING}`;
const WAITING = ' next';

/** The name that a key holds or waits for. A guarded one is bound to it. */
export const heldName = (name: string): string => (name.endsWith(WAITING) ? name.slice(0, -WAITING.length) : name);

/** The key that waits for `name` takes the place of whatever was there. Nothing where none waits. */
export async function takePlace(name: string, database: IDBFactory = indexedDB): Promise<void> {
  const waiting = await read(waitingName(name), database);
  if (!waiting) return;
  await inStore(database, 'readwrite', (store) => {
    store.delete(waiting.name);
    return store.put({ ...waiting, name });
  });
}

/** The signature by which the holder of `key` asks to be enrolled as `position` of member `code`. */
export function provePossession(
  mechanism: Uint8Array,
  code: string,
  position: string,
  key: OfficerKey,
): Promise<Bytes> {
  return key.sign(possessionMessage(mechanism, code, position, key.publicKey));
}

async function generate(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
}

function usable(publicKey: Bytes, privateKey: CryptoKey): OfficerKey {
  return {
    publicKey,
    kid: kidOf(publicKey),
    sign: async (message) => {
      const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, message));
      if (signature.length !== SIGNATURE_BYTES) throw new Error('not an Ed25519 signature');
      return signature;
    },
  };
}

const read = (name: string, database: IDBFactory): Promise<Stored | undefined> =>
  inStore<Stored | undefined>(database, 'readonly', (store) => store.get(name));

function inStore<Result>(
  database: IDBFactory,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const opening = database.open(DATABASE, VERSION);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'name' });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(STORE, mode, { durability: 'strict' });
      const request = use(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(request.result);
      };
      transaction.onabort = () => {
        opening.result.close();
        reject(transaction.error);
      };
    };
  });
}
