import { describe, expect, it } from 'vitest';
import { BadInput } from '../crypto/badInput';
import { fromHex } from '../crypto/bytes';
import { VerifyKey } from '../crypto/publicKeys';
import vectors from '../vectors/record.json';
import { headKey, openCheckpoint } from './checkpoint';
import { has, ordinals, setOf, within } from './ids';
import { verifyConsistency, verifyInclusion } from './merkle';

describe('a Merkle proof', () => {
  it('of inclusion is judged as the node judges it, whole, worn or misplaced', () => {
    for (const one of vectors.inclusion) {
      const found = verifyInclusion(one.index, one.size, fromHex(one.leaf), one.proof.map(fromHex), fromHex(one.root));
      expect({ ...one, good: found }).toEqual(one);
    }
  });

  it('of consistency likewise', () => {
    for (const one of vectors.consistency) {
      const [oldRoot, newRoot] = [fromHex(one.oldRoot), fromHex(one.newRoot)];
      expect({ ...one, good: verifyConsistency(one.old, one.new, oldRoot, newRoot, one.proof.map(fromHex)) }).toEqual(
        one,
      );
    }
  });
});

describe('a checkpoint', () => {
  it('is opened or refused as on the node', async () => {
    const { origin, key, notes } = vectors.checkpoints;
    const keys = [headKey(origin, VerifyKey.from(fromHex(key)))];
    for (const one of notes) {
      let found: Omit<typeof one, 'note'>;
      try {
        const { checkpoint, signatures } = await openCheckpoint(one.note, origin, keys);
        found = { code: null, size: checkpoint.size, signatures: signatures.length };
      } catch (fault) {
        if (!(fault instanceof BadInput)) throw fault;
        found = { code: fault.code, size: null, signatures: null };
      }
      expect({ note: one.note, ...found }).toEqual(one);
    }
  });
});

describe('a set of members', () => {
  it('holds ordinals beyond the bits of an integer operator', () => {
    const set = setOf([0, 31, 40]);
    expect(ordinals(set)).toEqual([0, 31, 40]);
    expect([has(set, 31), has(set, 32), within(setOf([31]), set), within(setOf([1]), set)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
