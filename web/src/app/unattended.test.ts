import { beforeEach, describe, expect, it } from 'vitest';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { NodeClient } from '../data/client';
import { keyOf } from '../data/seats';
import type { InvitationState, InvitationView, SessionView, SignOn } from '../data/wire';
import { SIMULATED_FLOOR } from '../simulation/floor';
import { asksByItself, invitationIn } from './enrolment';
import { takeByItself } from './unattended';

const SEAT = { mechanism: '5a'.repeat(32), member: 'AAA', position: 'duty-2' };
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

/** A node that invites to one seat, enrols whatever is presented, and takes its key. */
function node(banner: string | null, first: InvitationState = 'open') {
  let state = first;
  const asked: string[] = [];
  const invitation = (): InvitationView => ({
    ...SEAT,
    state,
    banner,
    name: 'x',
    mandates: [],
    language: 'ar',
    languages: ['ar', 'en'],
    fingerprint: null,
  });
  const client = {
    session: async () => null,
    floor: async () => SIMULATED_FLOOR,
    invitation: async () => {
      asked.push('read');
      return invitation();
    },
    present: async () => {
      asked.push('presented');
      state = 'enrolled';
      return invitation();
    },
    challenge: async () => ({ challenge: 'AAECAwQFBgcICQoLDA0ODw', expires_ms: 0 }),
    signOn: async ({ position, kid }: SignOn) => {
      asked.push('signed on');
      return { member: SEAT.member, position, kid, mandates: [], since_ms: 0 } as SessionView;
    },
  } as unknown as NodeClient;
  return { client, asked };
}

describe('a link that asks for its seat by itself', () => {
  it('bears the same token, and says so', () => {
    expect(invitationIn('#/enrol/abc_-1234567/auto')).toBe('abc_-1234567');
    expect(asksByItself('#/enrol/abc_-1234567/auto')).toBe(true);
    expect(asksByItself('#/enrol/abc_-1234567')).toBe(false);
    expect(invitationIn('#/enrol/abc_-1234567/auto/x')).toBeNull();
  });
});

describe('a seat taken by itself', () => {
  it('makes the key, presents it and signs on', async () => {
    const { client, asked } = node('SIMULATION');
    expect(await takeByItself(client, 'token', true)).toEqual({ step: 'waiting', language: 'ar' });
    expect((await takeByItself(client, 'token', false)).step).toBe('seated');
    expect(asked).toEqual(['read', 'presented', 'read', 'signed on']);
  });

  it('sits down again with the key it kept, without reading the link', async () => {
    const { client, asked } = node('SIMULATION');
    await takeByItself(client, 'token', true);
    await takeByItself(client, 'token', false);
    asked.length = 0;
    expect((await takeByItself(client, 'token', true)).step).toBe('seated');
    expect(asked).toEqual(['signed on']);
  });

  it('is left to people where nothing is played, and no key is made', async () => {
    const { client, asked } = node(null);
    expect((await takeByItself(client, 'token', true)).step).toBe('by-hand');
    expect(asked).toEqual(['read']);
    expect(await keyOf(SEAT)).toBeNull();
  });

  it.each(['refused', 'expired', 'enrolled'] as const)('is left to people where it is %s', async (state) => {
    const { client } = node('SIMULATION', state);
    expect((await takeByItself(client, 'token', true)).step).toBe('by-hand');
  });
});
