// Enrolment by a one-time link: the key is made here, its possession is proven, and the registrar compares its fingerprint
// before enrolling it. Steps of one state machine; time and the node are handed in.
//
// | from | what | to |
// | --- | --- | --- |
// | `asked` | the officer agrees, a key is made and presented | `presented` |
// | `presented` | the registrar enrolled it | `enrolled` |
// | any | the registrar refused it, or the link ran out | `refused`, `expired` |

import { base64url, fromHex, hex } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import {
  findKey,
  forgetKey,
  type KeptKey,
  keptKey,
  makeKey,
  type OfficerKey,
  provePossession,
  takePlace,
  waitingName,
} from '../crypto/keys';
import type { NodeClient } from '../data/client';
import { type Seat, seatName } from '../data/seats';
import type { InvitationView } from '../data/wire';

const FINGERPRINT_BYTES = 16;
const LINK = /^#(?:invite=|\/enrol\/)([A-Za-z0-9_-]{8,128})(\/auto)?$/;

/** `/#invite=TOKEN`; `/#/enrol/TOKEN` is read too, and `/auto` after either. */
export function invitationIn(hash: string): string | null {
  return LINK.exec(hash)?.[1] ?? null;
}

/** Whether the link asks that the seat be taken with nobody pressing anything: see unattended.ts. */
export const asksByItself = (hash: string): boolean => LINK.exec(hash)?.[2] !== undefined;

export interface Enrolment {
  readonly invitation: InvitationView;
  readonly seat: Seat;
  /** The key of this seat in this browser, where there is one: that which waits to be enrolled, else that in force. */
  readonly kept: KeptKey | null;
  /** The same, where it can sign now; null where its passphrase was given in another visit of the page. */
  readonly key: OfficerKey | null;
}

export async function readEnrolment(client: NodeClient, token: string): Promise<Enrolment> {
  const invitation = await client.invitation(token);
  const { mechanism, member, position } = invitation;
  const seat = { mechanism, member, position };
  const here = await keyHere(seat);
  // A key presented from another browser is not ours, whatever an attempt that was broken off left here.
  const theirs = here.kept && invitation.fingerprint !== null && fingerprint(here.kept) !== invitation.fingerprint;
  return { invitation, seat, ...(theirs ? { kept: null, key: null } : here) };
}

/**
 * Make a key for the seat, or take the one that an interrupted attempt left, and present it. It waits beside a key that is in
 * force, which goes on until the new one is enrolled. Null: without a passphrase.
 */
export async function presentKey(
  client: NodeClient,
  token: string,
  { seat }: Enrolment,
  passphrase: string | null = null,
): Promise<Enrolment> {
  const name = waitingName(seatName(seat));
  const left = passphrase === null ? await findKey(name) : null;
  if (!left) await forgetKey(name);
  const key = left ?? (await makeKey(name, indexedDB, passphrase));
  const possession = await provePossession(fromHex(seat.mechanism), seat.member, seat.position, key);
  const invitation = await client.present(token, {
    public_key: base64url(key.publicKey),
    possession: base64url(possession),
  });
  return { invitation, seat, kept: await keptKey(name), key };
}

/** The key that was enrolled takes its seat; whether it can sign on now. */
export async function settle({ seat, key }: Enrolment): Promise<boolean> {
  await takePlace(seatName(seat));
  return key !== null;
}

/** A key as two people read it to each other: the first 16 bytes of its SHA-256, in groups of four, as the node tells it. */
export function fingerprint({ publicKey }: { readonly publicKey: Uint8Array<ArrayBuffer> }): string {
  return hex(sha256(publicKey).slice(0, FINGERPRINT_BYTES)).replace(/(.{4})(?=.)/g, '$1 ');
}

async function keyHere(seat: Seat): Promise<Pick<Enrolment, 'kept' | 'key'>> {
  const inForce = seatName(seat);
  const waiting = await keptKey(waitingName(inForce));
  const kept = waiting ?? (await keptKey(inForce));
  return { kept, key: kept && (await findKey(kept.name)) };
}
