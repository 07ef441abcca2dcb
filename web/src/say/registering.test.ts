import { describe, expect, it } from 'vitest';
import { decodeFields } from '../charter/directoryKinds';
import { base64url, hex } from '../crypto/bytes';
import { indexed } from '../data/floor';
import { decodeContent } from '../record/content';
import { parseStatement, signStatement } from '../record/statement';
import { SIMULATED_FLOOR, SIMULATED_OFFICERS, SIMULATED_SESSION } from '../simulation/floor';
import { passingKey } from '../simulation/passingKey';
import { dutyMandate, enrolment, mayTouch, revocation } from './registering';

const floor = indexed(SIMULATED_FLOOR);
const supervision = { name: 'supervision', title: 'Registrar on duty', ceiling: 'FLASH' } as const;
const registrar = { ...SIMULATED_SESSION, position: 'desk', mandates: [supervision] };
const [watch, releaser] = SIMULATED_OFFICERS;
if (!watch || !releaser) throw new Error('no officers');
const chance = { nowMs: 1_790_000_000_000, salt: new Uint8Array(16), nonce: new Uint8Array(16) };
const list = { officers: SIMULATED_OFFICERS, binding: ['ab'.repeat(32)] };

describe('a registrar on duty', () => {
  it('is who holds a mandate that the charter names for it', () => {
    expect(dutyMandate(floor, registrar)?.name).toBe('supervision');
    expect(dutyMandate(floor, SIMULATED_SESSION)).toBeNull();
    const without = indexed({ ...SIMULATED_FLOOR, on_duty: null });
    expect(dutyMandate(without, registrar)).toBeNull();
  });

  it('touches those alone who hold nothing but what may be granted', () => {
    expect(mayTouch(floor, watch)).toBe(true);
    expect(mayTouch(floor, releaser)).toBe(false);
  });

  it('signs an enrolment as every node reads it', async () => {
    const { key, kid } = await passingKey();
    const presented = {
      id: 'x',
      state: 'presented',
      position: 'duty-1',
      mandates: ['watch'],
      expires_ms: 0,
      public_key: base64url(key.publicKey),
      possession: base64url(new Uint8Array(64).fill(7)),
      fingerprint: '',
    } as const;
    const act = enrolment(presented, watch, list, { ...registrar, kid }, floor, chance);
    const { fields } = parseStatement(await signStatement(act.fields, key.sign));
    expect(fields).toMatchObject({ kind: 'directory.enrol', kindVersion: 1, channel: 0, mandate: 'supervision' });
    expect(fields.repliesTo.map(hex)).toEqual(list.binding);
    const said = decodeFields('directory.enrol', decodeContent(act.content));
    expect(said).toMatchObject({ position: 'duty-1', mandates: ['watch'], key: key.publicKey });
    expect(said.kind === 'directory.enrol' && said.replaces && hex(said.replaces)).toBe(watch.kid);
  });

  it('signs a revocation, with its reason', () => {
    const act = revocation(watch, 'browser lost', list, registrar, floor, chance);
    expect(decodeFields('directory.revoke', decodeContent(act.content))).toMatchObject({ reason: 'browser lost' });
  });
});
