// The door of the page: who is signed on here, or can be, with a key that this browser holds. Signing on needs no human: the
// key answers the node's challenge, also after the node was started anew. A key under a passphrase does so only while its
// officer is seated; where such an officer was here last, nobody is signed on in their place by itself. Whoever signed off by
// hand chooses again by hand.

import { hex } from '../crypto/bytes';
import { findKey, type OfficerKey, takePlace } from '../crypto/keys';
import type { NodeClient } from '../data/client';
import { type Floor, indexed } from '../data/floor';
import { asProblem, type Problem, UNREACHED } from '../data/problem';
import { type KeptSeat, seatName, seats, signOn } from '../data/seats';
import type { SessionView } from '../data/wire';

export interface Seating {
  readonly session: SessionView;
  readonly key: OfficerKey;
  readonly floor: Floor;
}

export type Door =
  | { readonly state: 'opening' }
  | ({ readonly state: 'seated' } & Seating)
  | {
      readonly state: 'choose';
      readonly seats: readonly KeptSeat[];
      readonly problem: Problem | null;
      /** The session of an officer whose passphrase is awaited: what rings for them is heard meanwhile. */
      readonly session: SessionView | null;
    }
  | { readonly state: 'no-key' }
  | { readonly state: 'unreached'; readonly problem: Problem };

/** Open the door: with the session there is, else with the first key that the node takes. `held`: that of who is seated. */
export async function openDoor(client: NodeClient, held: OfficerKey | null = null): Promise<Door> {
  try {
    const [session, found] = [await client.session(), await seats()];
    const own = session && found.find((seat) => isOf(seat, session));
    const key = own && (await keyAtHand(own, held));
    if (session && key) return await seated(client, session, key);
    if (session && own) return await chooseSeat(null, session);
    return await tryKeys(client, found, held);
  } catch (thrown) {
    return unreached(thrown);
  }
}

/** What is offered to whoever signed off, or whose keys were all refused. */
export async function chooseSeat(problem: Problem | null = null, session: SessionView | null = null): Promise<Door> {
  const found = await seats();
  return found.length > 0 ? { state: 'choose', seats: found, problem, session } : { state: 'no-key' };
}

/** Sign on in a seat with its opened key; one that waited for its enrolment holds the seat from then on. Throws Problem. */
export async function takeSeat(client: NodeClient, seat: KeptSeat, key: OfficerKey): Promise<Door> {
  const session = await signOn(client, seat, key);
  if (seat.name !== seatName(seat)) await takePlace(seatName(seat));
  return await seated(client, session, key);
}

async function tryKeys(client: NodeClient, found: readonly KeptSeat[], held: OfficerKey | null): Promise<Door> {
  let refused: Problem | null = null;
  for (const [at, seat] of found.entries()) {
    const key = await keyAtHand(seat, held);
    if (!key && at === 0) break;
    if (!key) continue;
    try {
      return await takeSeat(client, seat, key);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code === UNREACHED) throw problem;
      refused ??= problem;
    }
  }
  return found.length > 0 ? { state: 'choose', seats: found, problem: refused, session: null } : { state: 'no-key' };
}

async function keyAtHand(seat: KeptSeat, held: OfficerKey | null): Promise<OfficerKey | null> {
  return held && hex(held.kid) === seat.kid ? held : await findKey(seat.name);
}

async function seated(client: NodeClient, session: SessionView, key: OfficerKey): Promise<Door> {
  return { state: 'seated', session, key, floor: indexed(await client.floor()) };
}

/** Whether a session was opened with the key of this seat. */
const isOf = (seat: KeptSeat, session: SessionView): boolean =>
  seat.member === session.member && seat.position === session.position && seat.kid === session.kid;

export function unreached(thrown: unknown): Door {
  return { state: 'unreached', problem: asProblem(thrown) };
}
