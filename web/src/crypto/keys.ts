// The officer's key: made in the browser, kept there, never out of it. Ed25519 by WebCrypto, not extractable, so that no
// script can read it; stored as a CryptoKey in IndexedDB under a name of the caller's choice. Losing the browser's profile
// loses the key: the registrar then enrols another.

import { possessionMessage } from '../charter/directoryKinds';
import { BadInput } from './badInput';
import type { Bytes } from './bytes';
import type { Sign } from './cose';
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

interface Stored {
  readonly name: string;
  readonly publicKey: Bytes;
  readonly privateKey: CryptoKey;
}

/** Whether this browser can make such keys here: WebCrypto needs a secure context and must know Ed25519. */
export async function canSignHere(): Promise<boolean> {
  try {
    await generate();
    return true;
  } catch {
    return false;
  }
}

/** Makes a new key under `name`, in place of none: key.exists where there is one already. */
export async function makeKey(name: string, database: IDBFactory = indexedDB): Promise<OfficerKey> {
  if (await findKey(name, database)) {
    throw new BadInput('key.exists', `there is a key named ${name} in this browser`, { field: 'name' });
  }
  const pair = await generate();
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const stored = { name, publicKey, privateKey: pair.privateKey };
  await inStore(database, 'readwrite', (store) => store.add(stored));
  return usable(stored);
}

/** The key under `name`, or null. */
export async function findKey(name: string, database: IDBFactory = indexedDB): Promise<OfficerKey | null> {
  const stored = await inStore<Stored | undefined>(database, 'readonly', (store) => store.get(name));
  return stored ? usable(stored) : null;
}

/** Names of the keys in this browser. */
export async function keyNames(database: IDBFactory = indexedDB): Promise<readonly string[]> {
  return (await inStore(database, 'readonly', (store) => store.getAllKeys())).map(String);
}

/** Forget the key under `name` for ever. */
export async function forgetKey(name: string, database: IDBFactory = indexedDB): Promise<void> {
  await inStore(database, 'readwrite', (store) => store.delete(name));
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

function usable({ publicKey, privateKey }: Stored): OfficerKey {
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
