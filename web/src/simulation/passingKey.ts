// SIMULATION: a key that is kept nowhere, to sign with in the gallery and in tests.

import { hex } from '../crypto/bytes';
import type { OfficerKey } from '../crypto/keys';
import { kidOf } from '../crypto/publicKeys';

export async function passingKey(): Promise<{ readonly key: OfficerKey; readonly kid: string }> {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const kid = kidOf(publicKey);
  const sign = async (message: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, message));
  return { key: { publicKey, kid, sign }, kid: hex(kid) };
}
