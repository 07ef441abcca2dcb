import { beforeEach, describe, expect, it } from 'vitest';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { hex } from '../crypto/bytes';
import { keyNames, makeKey, waitingName } from '../crypto/keys';
import type { NodeClient } from '../data/client';
import { Problem, UNREACHED } from '../data/problem';
import { seatName } from '../data/seats';
import type { SignOn } from '../data/wire';
import { SIMULATED_FLOOR, SIMULATED_SESSION } from '../simulation/floor';
import { chooseSeat, openDoor, takeSeat } from './door';

const seat = (position: string) => ({ mechanism: SIMULATED_FLOOR.mechanism, member: 'AAA', position });
const storage = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (name: string) => storage.get(name) ?? null,
    setItem: (name: string, value: string) => storage.set(name, value),
  },
});

beforeEach(() => {
  storage.clear();
  globalThis.indexedDB = new IDBFactory();
});

/** A node that takes the keys of some positions. */
function node(takes: readonly string[], session: NodeClient['session'] = async () => null) {
  const asked: string[] = [];
  const client = {
    session,
    challenge: async () => ({ challenge: 'AAECAwQFBgcICQoLDA0ODw', expires_ms: 0 }),
    signOn: async (answer: SignOn) => {
      asked.push(answer.position);
      if (!takes.includes(answer.position)) throw new Problem({ code: 'session.refused', reason: 'no' }, 401);
      return { ...SIMULATED_SESSION, position: answer.position, kid: answer.kid };
    },
    floor: async () => SIMULATED_FLOOR,
  } as unknown as NodeClient;
  return { client, asked };
}

describe('the door', () => {
  it('opens by itself with a key that the node takes', async () => {
    await makeKey(seatName(seat('duty-1')));
    const door = await openDoor(node(['duty-1']).client);
    expect(door).toMatchObject({ state: 'seated', session: { position: 'duty-1' } });
  });

  it('tries every key of this browser, the one used last first', async () => {
    await makeKey(seatName(seat('duty-1')));
    await makeKey(seatName(seat('duty-2')));
    storage.set('parley.seat', seatName(seat('duty-2')));
    const { client, asked } = node(['duty-1']);
    expect(await openDoor(client)).toMatchObject({ state: 'seated', session: { position: 'duty-1' } });
    expect(asked).toEqual(['duty-2', 'duty-1']);
  });

  it('whose keys are all refused says so and lets the officer choose', async () => {
    await makeKey(seatName(seat('duty-1')));
    expect(await openDoor(node([]).client)).toMatchObject({ state: 'choose', problem: { code: 'session.refused' } });
  });

  it('without a key is closed', async () => {
    expect((await openDoor(node(['duty-1']).client)).state).toBe('no-key');
    expect((await chooseSeat()).state).toBe('no-key');
  });

  it('takes a session only with the very key it was opened with', async () => {
    const key = await makeKey(seatName(seat('duty-1')));
    const session = async () => ({ ...SIMULATED_SESSION, kid: hex(key.kid) });
    const { client, asked } = node(['duty-1'], session);
    expect((await openDoor(client)).state).toBe('seated');
    expect(asked).toEqual([]);
    const other = node(['duty-1'], async () => ({ ...SIMULATED_SESSION, kid: '00'.repeat(8) }));
    expect((await openDoor(other.client)).state).toBe('seated');
    expect(other.asked).toEqual(['duty-1']);
  });

  it('of a node that does not answer stays shut, and says that', async () => {
    const silent = async () => {
      throw new Problem({ code: UNREACHED, reason: 'no answer' });
    };
    expect(await openDoor(node([], silent).client)).toMatchObject({ state: 'unreached' });
  });

  it('opens for the seat that is chosen', async () => {
    const key = await makeKey(seatName(seat('duty-2')));
    const kept = { ...seat('duty-2'), name: seatName(seat('duty-2')), kid: hex(key.kid), isGuarded: false };
    expect(await takeSeat(node(['duty-2']).client, kept, key)).toMatchObject({ state: 'seated' });
  });
});

describe('the door, of a key that was enrolled while this page was closed,', () => {
  it('opens with it, and lets it hold its seat', async () => {
    const name = seatName(seat('duty-1'));
    await makeKey(waitingName(name));
    expect(await openDoor(node(['duty-1']).client)).toMatchObject({ state: 'seated' });
    expect(await keyNames()).toEqual([name]);
  });
});

describe('the door, of a key under a passphrase,', () => {
  const guarded = (position: string) => makeKey(seatName(seat(position)), indexedDB, 'four plain words here');

  it('stays shut by itself, and lets nobody else in instead', async () => {
    await guarded('duty-1');
    await makeKey(seatName(seat('duty-2')));
    storage.set('parley.seat', seatName(seat('duty-1')));
    const { client, asked } = node(['duty-1', 'duty-2']);
    expect(await openDoor(client)).toMatchObject({ state: 'choose', session: null });
    expect(asked).toEqual([]);
  });

  it('opens again for whoever is seated, as after the node was started anew', async () => {
    const key = await guarded('duty-1');
    expect(await openDoor(node(['duty-1']).client, key)).toMatchObject({ state: 'seated' });
  });

  it('keeps the session, so that what rings is heard while the passphrase is awaited', async () => {
    const key = await guarded('duty-1');
    const session = async () => ({ ...SIMULATED_SESSION, kid: hex(key.kid) });
    const door = await openDoor(node([], session).client);
    expect(door).toMatchObject({ state: 'choose', session: { kid: hex(key.kid) }, seats: [{ isGuarded: true }] });
  });
});
