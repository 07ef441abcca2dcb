import { describe, expect, it } from 'vitest';
import { possessionMessage } from '../charter/directoryKinds';
import vectors from '../vectors/keys.json';
import { signerOf } from '../vectors/read';
import { BadInput } from './badInput';
import { fromHex, hex } from './bytes';
import { VerifyKey } from './publicKeys';

describe('public keys', () => {
  it('are taken and refused as the node does: weak points, second encodings, no points', () => {
    for (const { raw, kid, code } of vectors.points) {
      let found: { kid: string | null; code: string | null };
      try {
        found = { kid: VerifyKey.from(fromHex(raw)).kidHex, code: null };
      } catch (fault) {
        if (!(fault instanceof BadInput)) throw fault;
        found = { kid: null, code: fault.code };
      }
      expect({ raw, ...found }).toEqual({ raw, kid, code });
    }
  });

  it('a signature of another length is a no, never an error', async () => {
    const key = VerifyKey.from(fromHex(vectors.possessions[0]?.key ?? ''));
    expect(await key.verify(new Uint8Array(63), new Uint8Array())).toBe(false);
  });
});

describe('proof of possession', () => {
  it("is the node's, byte for byte", async () => {
    for (const one of vectors.possessions) {
      const message = possessionMessage(fromHex(one.mechanism), one.code, one.position, fromHex(one.key));
      const sign = await signerOf(one.seed);
      expect(hex(await sign(message))).toBe(one.signature);
      expect(await VerifyKey.from(fromHex(one.key)).verify(fromHex(one.signature), message)).toBe(true);
    }
  });
});
