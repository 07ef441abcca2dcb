// Enrolment by a one-time link: the key is made here, its possession is proven, and the registrar compares its fingerprint
// before enrolling it. Steps of one state machine; time and the node are handed in.
//
// | from | what | to |
// | --- | --- | --- |
// | `asked` | the officer agrees, a key is made and presented | `presented` |
// | `presented` | the registrar enrolled it | `enrolled` |
// | any | the registrar refused it, or the link ran out | `refused`, `expired` |

import { base64url, fromHex, hex } from '../crypto/bytes';
import { makeKey, type OfficerKey, provePossession } from '../crypto/keys';
import type { NodeClient } from '../data/client';
import { keyOf, type Seat, seatName } from '../data/seats';
import type { InvitationView } from '../data/wire';

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
  /** The key of this seat in this browser, where there is one. */
  readonly key: OfficerKey | null;
}

export async function readEnrolment(client: NodeClient, token: string): Promise<Enrolment> {
  const invitation = await client.invitation(token);
  const { mechanism, member, position } = invitation;
  const seat = { mechanism, member, position };
  return { invitation, seat, key: await keyOf(seat) };
}

/** Make a key for the seat, or take the one that an interrupted attempt left, and present it. */
export async function presentKey(client: NodeClient, token: string, { seat, key }: Enrolment): Promise<Enrolment> {
  const made = key ?? (await makeKey(seatName(seat)));
  const possession = await provePossession(fromHex(seat.mechanism), seat.member, seat.position, made);
  const invitation = await client.present(token, {
    public_key: base64url(made.publicKey),
    possession: base64url(possession),
  });
  return { invitation, seat, key: made };
}

/** The key id in groups of four, as two people read it to each other. */
export function fingerprint(key: OfficerKey): string {
  return hex(key.kid).replace(/(.{4})(?=.)/g, '$1 ');
}
