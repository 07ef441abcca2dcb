import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { possessionMessage } from '../charter/directoryKinds';
import { equal, hex } from './bytes';
import { findKey, forgetKey, keyNames, makeKey, provePossession } from './keys';
import { VerifyKey } from './publicKeys';

const MECHANISM = new Uint8Array(32).fill(7);

describe('an officer key', () => {
  it('is kept, found again and signs the same', async () => {
    const made = await makeKey('AAA/duty-1');
    const found = await findKey('AAA/duty-1');
    expect(found && equal(found.publicKey, made.publicKey)).toBe(true);
    expect(await keyNames()).toContain('AAA/duty-1');
    const message = new Uint8Array([1, 2, 3]);
    const signature = (await found?.sign(message)) ?? new Uint8Array();
    expect(await VerifyKey.from(made.publicKey).verify(signature, message)).toBe(true);
    expect(await VerifyKey.from(made.publicKey).verify(signature, new Uint8Array([1, 2, 4]))).toBe(false);
    expect(hex(made.kid)).toBe(VerifyKey.from(made.publicKey).kidHex);
  });

  it('is never overwritten, and can be forgotten', async () => {
    await makeKey('BBB/duty-1');
    await expect(makeKey('BBB/duty-1')).rejects.toThrow('key.exists');
    await forgetKey('BBB/duty-1');
    expect(await findKey('BBB/duty-1')).toBeNull();
  });

  it('proves its possession for one position of one member only', async () => {
    const key = await makeKey('FAC/duty-2');
    const proof = await provePossession(MECHANISM, 'FAC', 'duty-2', key);
    const verifier = VerifyKey.from(key.publicKey);
    expect(await verifier.verify(proof, possessionMessage(MECHANISM, 'FAC', 'duty-2', key.publicKey))).toBe(true);
    expect(await verifier.verify(proof, possessionMessage(MECHANISM, 'AAA', 'duty-2', key.publicKey))).toBe(false);
  });
});
