import { describe, expect, it } from 'vitest';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { possessionMessage } from '../charter/directoryKinds';
import { fromBase64url, fromHex } from '../crypto/bytes';
import { keptKey, makeKey } from '../crypto/keys';
import type { NodeClient, PresentedKey } from '../data/client';
import { keyOf, loginMessage, seatName, seatNamed, signOn } from '../data/seats';
import type { InvitationView, SessionView } from '../data/wire';
import { fingerprint, invitationIn, presentKey, readEnrolment, settle } from './enrolment';

const MECHANISM = '5a'.repeat(32);
const SEAT = { mechanism: MECHANISM, member: 'AAA', position: 'duty-1' };
const INVITATION = {
  ...SEAT,
  state: 'open',
  mandates: [],
  banner: null,
  language: null,
  languages: ['en'],
  name: 'x',
  fingerprint: null,
} as InvitationView;

const storage = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (name: string) => storage.get(name) ?? null,
    setItem: (name: string, value: string) => storage.set(name, value),
  },
});

async function isBy(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
) {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', true, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, message);
}

describe('a link', () => {
  it('bears its token after the hash, where no server sees it', () => {
    expect(invitationIn('#invite=abc_-1234567')).toBe('abc_-1234567');
    expect(invitationIn('#/enrol/abc_-1234567')).toBe('abc_-1234567');
    for (const hash of ['', '#gallery', '#invite=', '#invite=<script>']) expect(invitationIn(hash)).toBeNull();
  });
});

describe('enrolment', () => {
  it('presents a key with proof that it is held, and signs on with the same key', async () => {
    let presented: PresentedKey | null = null;
    const client = {
      invitation: async () => INVITATION,
      present: async (_: string, key: PresentedKey) => {
        presented = key;
        return { ...INVITATION, state: 'presented' };
      },
      challenge: async () => ({ challenge: 'AAECAwQFBgcICQoLDA0ODw', expires_ms: 0 }),
      signOn: async (answer: unknown) => answer as SessionView,
    } as unknown as NodeClient;

    const before = await readEnrolment(client, 'token');
    expect(before.key).toBeNull();
    const { key } = await presentKey(client, 'token', before);
    if (!key || !presented) throw new Error('no key');
    const { public_key, possession }: PresentedKey = presented;
    const message = possessionMessage(fromHex(MECHANISM), 'AAA', 'duty-1', key.publicKey);
    expect(await isBy(fromBase64url(public_key), fromBase64url(possession), message)).toBe(true);
    expect(fingerprint(key)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);

    const again = await readEnrolment(client, 'token');
    expect(again.key?.publicKey).toEqual(key.publicKey);

    const answer = (await signOn(client, SEAT, key)) as unknown as { signature: string; challenge: string };
    expect(await keyOf(SEAT)).toBeNull();
    await settle(again);
    expect((await keyOf(SEAT))?.publicKey).toEqual(key.publicKey);
    const login = loginMessage(SEAT, fromBase64url(answer.challenge));
    expect(await isBy(key.publicKey, fromBase64url(answer.signature), login)).toBe(true);
    const elsewhere = loginMessage({ ...SEAT, mechanism: '5b'.repeat(32) }, fromBase64url(answer.challenge));
    expect(await isBy(key.publicKey, fromBase64url(answer.signature), elsewhere)).toBe(false);
  });
});

describe('enrolment anew', () => {
  const client = {
    invitation: async () => INVITATION,
    present: async () => ({ ...INVITATION, state: 'presented' }),
  } as unknown as NodeClient;

  it('leaves the key in force as it is until the new one is enrolled, under a passphrase of its own', async () => {
    globalThis.indexedDB = new IDBFactory();
    const before = await makeKey(seatName(SEAT));
    const presented = await presentKey(client, 'token', await readEnrolment(client, 'token'), 'four plain words here');
    expect(presented.key?.kid).not.toEqual(before.kid);
    expect((await keyOf(SEAT))?.kid).toEqual(before.kid);

    const again = await readEnrolment(client, 'token');
    expect([again.kept?.isGuarded, again.key]).toEqual([true, null]);
    expect(await settle(again)).toBe(false);
    expect(await keptKey(seatName(SEAT))).toMatchObject({ isGuarded: true, kid: presented.key?.kid });
  });

  it('in another browser leaves the key of this one where it is', async () => {
    globalThis.indexedDB = new IDBFactory();
    const before = await makeKey(seatName(SEAT));
    await presentKey(client, 'token', await readEnrolment(client, 'token'));
    const elsewhere = { ...client, invitation: async () => ({ ...INVITATION, fingerprint: '00', state: 'enrolled' }) };
    const found = await readEnrolment(elsewhere as unknown as NodeClient, 'token');
    expect([found.kept, found.key]).toEqual([null, null]);
    expect((await keyOf(SEAT))?.kid).toEqual(before.kid);
  });

  it('of an attempt that was broken off takes the key that it left', async () => {
    globalThis.indexedDB = new IDBFactory();
    const first = await presentKey(client, 'token', await readEnrolment(client, 'token'));
    const second = await presentKey(client, 'token', await readEnrolment(client, 'token'));
    expect(second.key?.kid).toEqual(first.key?.kid);
  });
});

describe('a seat', () => {
  it('is kept under mechanism, member and position, and nothing else is taken for one', () => {
    expect(seatNamed(seatName(SEAT))).toEqual(SEAT);
    for (const name of ['', 'SIMULATION AAA/duty-1', `${MECHANISM} aaa/duty-1`]) expect(seatNamed(name)).toBeNull();
  });
});
