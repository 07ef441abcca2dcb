import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../../crypto/bytes';
import type { EntryView } from '../../data/wire';
import { verify } from '../../proof/verify';
import vectors from '../../vectors/proofs.json';
import { pathSides, picture } from './picture';

const ENTRY: EntryView = {
  reference: 'AAA 4',
  letter: 'K',
  log: 'AAA',
  seq: 4,
  at_ms: 1,
  clock: 9,
  standing: 'final',
  receipt: false,
  author: 'AAA/duty-1',
  kind: 'message',
  precedence: 'ROUTINE',
  addressees: ['BBB'],
  case: null,
  void: null,
  sight: null,
  content: {},
  receipts: [{ holder: 'BBB', reference: 'BBB 4', at_ms: 5 }],
};

describe('the picture of a proof', () => {
  it('is told, not proven, before it is verified here', () => {
    expect(picture(ENTRY, null)).toMatchObject({
      standing: 'told',
      tree: null,
      checkpoint: null,
      holders: [{ member: 'BBB', reference: 'BBB 4', atMs: 5 }],
    });
  });

  it('shows what the verification found, and by whose receipts it is held', async () => {
    const report = await verify(fromBase64(vectors[0]?.file ?? ''));
    const drawn = picture(ENTRY, report);
    expect(drawn).toMatchObject({ standing: 'proven', mandate: 'watch', postQuantum: true, tree: { size: 5 } });
    expect(drawn.holders.map((one) => one.member)).toEqual(['BBB', 'CCC']);
    expect(drawn.checkpoint?.key).toMatch(/^[0-9a-f]{16}$/);
  });

  it('of a damaged file shows nothing as proven', async () => {
    const report = await verify(new Uint8Array([1, 2, 3]));
    expect(picture(ENTRY, report)).toMatchObject({ standing: 'failed', tree: null, holders: [] });
  });
});

describe('the way through the tree', () => {
  it('is as RFC 9162 lays it, on the left and on the right', () => {
    expect(pathSides(0, 1)).toEqual([]);
    expect(pathSides(0, 8)).toEqual(['right', 'right', 'right']);
    expect(pathSides(5, 8)).toEqual(['left', 'right', 'left']);
    expect(pathSides(4, 5)).toEqual(['left']);
    expect(pathSides(6, 7)).toEqual(['left', 'left']);
  });
});
