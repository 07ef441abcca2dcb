// Seats: the positions whose keys this browser holds, and signing on with one. A key is kept under the mechanism, member and
// position it was made for, so that no key ever signs for another mechanism.

import { base64url, fromBase64url, fromHex, hex } from '../crypto/bytes';
import { encode } from '../crypto/cbor';
import { findKey, heldName, keptKey, keyNames, type OfficerKey } from '../crypto/keys';
import type { NodeClient } from './client';
import type { SessionView } from './wire';

export interface Seat {
  readonly mechanism: string;
  readonly member: string;
  readonly position: string;
}

/** A seat of this browser. Guarded: its key signs only after its passphrase was given. */
export interface KeptSeat extends Seat {
  /** Under which its key is kept: of a key that waits to be enrolled another than that of the seat. */
  readonly name: string;
  readonly kid: string;
  readonly isGuarded: boolean;
}

const LOGIN = 'parley login, version 1';
const NAME = /^([0-9a-f]{64}) ([A-Z][A-Z0-9]{1,7})\/([a-z0-9][a-z0-9-]{0,31})$/;
const LAST = 'parley.seat';

export const seatName = ({ mechanism, member, position }: Seat): string => `${mechanism} ${member}/${position}`;

export function seatNamed(name: string): Seat | null {
  const [, mechanism, member, position] = NAME.exec(name) ?? [];
  return mechanism && member && position ? { mechanism, member, position } : null;
}

/** The seats of this browser, the one used last first; those whose keys wait to be enrolled come after the others. */
export async function seats(database: IDBFactory = indexedDB): Promise<readonly KeptSeat[]> {
  const last = localStorage.getItem(LAST);
  const found: KeptSeat[] = [];
  for (const name of await keyNames(database)) {
    const [seat, kept] = [seatNamed(heldName(name)), await keptKey(name, database)];
    if (seat && kept) found.push({ ...seat, name, kid: hex(kept.kid), isGuarded: kept.isGuarded });
  }
  const rank = ({ name }: KeptSeat): number => (name === last ? 0 : heldName(name) === name ? 1 : 2);
  return found.toSorted((left, right) => rank(left) - rank(right));
}

/** The key of a seat where no passphrase guards it, else null. */
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
