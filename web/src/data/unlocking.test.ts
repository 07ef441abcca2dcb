import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeKey } from '../crypto/keys';
import { seatName } from './seats';
import { LONGEST_WAIT_MS, nextTryMs, TOO_SOON, unlock, WRONG_PASSPHRASE, waitAfter } from './unlocking';

const PLACE = { mechanism: '5a'.repeat(32), member: 'AAA', position: 'duty-1' };
const SEAT = { ...PLACE, name: seatName(PLACE), kid: '', isGuarded: true };
const PASSPHRASE = 'four plain words here';
const kept = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  },
});

beforeEach(async () => {
  kept.clear();
  globalThis.indexedDB = new IDBFactory();
  await makeKey(seatName(SEAT), indexedDB, PASSPHRASE);
});

describe('a wrong passphrase', () => {
  it('makes the next try wait, longer each time, and never longer than half a minute', () => {
    expect([0, 1, 2, 3, 5, 6, 60].map(waitAfter)).toEqual([
      0,
      1_000,
      2_000,
      4_000,
      16_000,
      LONGEST_WAIT_MS,
      LONGEST_WAIT_MS,
    ]);
  });

  it('is told; the right one at once after it is not even tried, and opens when the wait is over', async () => {
    let nowMs = 10_000;
    const at = () => nowMs;
    await expect(unlock(SEAT, 'something else', at)).rejects.toMatchObject({ code: WRONG_PASSPHRASE });
    await expect(unlock(SEAT, PASSPHRASE, at)).rejects.toMatchObject({ code: TOO_SOON });
    nowMs = nextTryMs(SEAT, nowMs);
    expect(nowMs).toBe(11_000);
    await expect(unlock(SEAT, PASSPHRASE, at)).resolves.toMatchObject({});
    expect(nextTryMs(SEAT, nowMs)).toBe(0);
  });

  it('keeps waiting after the page is read anew, and for that officer alone', async () => {
    await expect(unlock(SEAT, 'something else', () => 10_000)).rejects.toMatchObject({ code: WRONG_PASSPHRASE });
    expect(nextTryMs(SEAT, 10_500)).toBe(11_000);
    expect(nextTryMs({ ...SEAT, position: 'duty-2' }, 10_500)).toBe(0);
  });

  it('locks nobody out where the clock was put back', async () => {
    await expect(unlock(SEAT, 'something else', () => 9_000_000)).rejects.toMatchObject({ code: WRONG_PASSPHRASE });
    expect(nextTryMs(SEAT, 1_000)).toBe(2_000);
  });
});
