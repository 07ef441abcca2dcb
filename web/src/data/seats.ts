// Seats: the positions whose keys this browser holds, and signing on with one. A key is kept under the mechanism, member and
// position it was made for, so that no key ever signs for another mechanism.

import { base64url, fromBase64url, fromHex, hex } from '../crypto/bytes';
import { encode } from '../crypto/cbor';
import { findKey, keyNames, type OfficerKey } from '../crypto/keys';
import type { NodeClient } from './client';
import type { SessionView } from './wire';

export interface Seat {
  readonly mechanism: string;
  readonly member: string;
  readonly position: string;
}

const LOGIN = 'parley login, version 1';
const NAME = /^([0-9a-f]{64}) ([A-Z][A-Z0-9]{1,7})\/([a-z0-9][a-z0-9-]{0,31})$/;
const LAST = 'parley.seat';

export const seatName = ({ mechanism, member, position }: Seat): string => `${mechanism} ${member}/${position}`;

export function seatNamed(name: string): Seat | null {
  const [, mechanism, member, position] = NAME.exec(name) ?? [];
  return mechanism && member && position ? { mechanism, member, position } : null;
}

/** The seats of this browser, the one used last first. */
export async function seats(database: IDBFactory = indexedDB): Promise<readonly Seat[]> {
  const last = localStorage.getItem(LAST);
  const found = (await keyNames(database)).map(seatNamed).filter((seat) => seat !== null);
  return found.toSorted((left, right) => Number(seatName(right) === last) - Number(seatName(left) === last));
}

export const keyOf = (seat: Seat, database: IDBFactory = indexedDB): Promise<OfficerKey | null> =>
  findKey(seatName(seat), database);

/** What is signed to sign on. */
export function loginMessage({ mechanism, member, position }: Seat, challenge: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode([LOGIN, fromHex(mechanism), member, position, challenge]);
}

/** Sign on as the holder of `key`. */
export async function signOn(client: NodeClient, seat: Seat, key: OfficerKey): Promise<SessionView> {
  const { challenge } = await client.challenge(seat.position);
  const signature = await key.sign(loginMessage(seat, fromBase64url(challenge)));
  const session = await client.signOn({
    position: seat.position,
    kid: hex(key.kid),
    challenge,
    signature: base64url(signature),
  });
  localStorage.setItem(LAST, seatName(seat));
  return session;
}
