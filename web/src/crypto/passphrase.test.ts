import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { findKey, forgetKey, keptKey, keyNames, makeKey, openKey, takePlace, waitingName } from './keys';
import { VerifyKey } from './publicKeys';

const PASSPHRASE = 'four plain words here';
const MESSAGE = new Uint8Array([1, 2, 3]);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** Everything that the database of keys holds, as a thief of the browser's files would find it. */
function stolen(): Promise<readonly Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('parley', 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const request = opening.result.transaction('officer-keys').objectStore('officer-keys').getAll();
      request.onsuccess = () => {
        opening.result.close();
        resolve(request.result);
      };
    };
  });
}

function putBack(record: unknown): Promise<void> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('parley', 1);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('officer-keys', 'readwrite');
      transaction.objectStore('officer-keys').put(record);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

describe('a key under a passphrase', () => {
  it('signs when it is made, and again with its passphrase', async () => {
    const made = await makeKey('AAA/duty-1', indexedDB, PASSPHRASE);
    const opened = await openKey('AAA/duty-1', PASSPHRASE);
    for (const key of [made, opened]) {
      expect(await VerifyKey.from(made.publicKey).verify(await key.sign(MESSAGE), MESSAGE)).toBe(true);
    }
    expect(await keptKey('AAA/duty-1')).toMatchObject({ isGuarded: true, kid: made.kid });
  });

  it('is of no use without it, and says so', async () => {
    await makeKey('AAA/duty-1', indexedDB, PASSPHRASE);
    expect(await findKey('AAA/duty-1')).toBeNull();
    for (const wrong of ['', 'four plain words', `${PASSPHRASE} `, PASSPHRASE.toUpperCase()]) {
      await expect(openKey('AAA/duty-1', wrong)).rejects.toMatchObject({ code: 'key.passphrase' });
    }
    await expect(openKey('AAA/duty-9', PASSPHRASE)).rejects.toMatchObject({ code: 'key.none' });
  });

  it('lies in the browser wrapped: no key object, nothing that can be exported', async () => {
    await makeKey('AAA/duty-1', indexedDB, PASSPHRASE);
    const [record] = await stolen();
    expect(Object.keys(record ?? {}).sort()).toEqual(['guarded', 'name', 'publicKey']);
    const values = Object.values(record?.['guarded'] as Record<string, unknown>);
    expect(values.some((value) => value instanceof CryptoKey)).toBe(false);
  });

  it('is a different secret for two officers of one passphrase', async () => {
    await makeKey('AAA/duty-1', indexedDB, PASSPHRASE);
    await makeKey('AAA/duty-2', indexedDB, PASSPHRASE);
    const [one, two] = (await stolen()).map((record) => record['guarded'] as Record<string, Uint8Array>);
    expect(one?.['salt']).not.toEqual(two?.['salt']);
    expect(one?.['iv']).not.toEqual(two?.['iv']);
  });

  it('cannot be put under the name of another officer', async () => {
    await makeKey('AAA/duty-1', indexedDB, PASSPHRASE);
    const [record] = await stolen();
    await putBack({ ...record, name: 'AAA/head' });
    await expect(openKey('AAA/head', PASSPHRASE)).rejects.toMatchObject({ code: 'key.passphrase' });
    await expect(openKey('AAA/duty-1', PASSPHRASE)).resolves.toBeDefined();
  });

  it('is the same whichever way a keyboard composes the passphrase', async () => {
    await makeKey('AAA/duty-1', indexedDB, 'l\u2019\u00e9t\u00e9 \u0622\u062e\u0631');
    await expect(openKey('AAA/duty-1', 'l\u2019e\u0301te\u0301 \u0627\u0653\u062e\u0631')).resolves.toBeDefined();
  });

  it('is not made under a passphrase that anybody would try', async () => {
    await expect(makeKey('AAA/duty-1', indexedDB, 'seven77')).rejects.toMatchObject({ code: 'passphrase.length' });
    expect(await keyNames()).toEqual([]);
  });
});

describe('a key that waits to be enrolled', () => {
  it('leaves the one in force as it is, until it takes its place', async () => {
    const before = await makeKey('AAA/duty-1');
    const next = await makeKey(waitingName('AAA/duty-1'), indexedDB, PASSPHRASE);
    expect((await findKey('AAA/duty-1'))?.kid).toEqual(before.kid);
    await takePlace('AAA/duty-1');
    expect(await keyNames()).toEqual(['AAA/duty-1']);
    expect((await openKey('AAA/duty-1', PASSPHRASE)).kid).toEqual(next.kid);
    await takePlace('AAA/duty-1');
    expect((await keptKey('AAA/duty-1'))?.kid).toEqual(next.kid);
    await forgetKey('AAA/duty-1');
    expect(await keyNames()).toEqual([]);
  });
});
