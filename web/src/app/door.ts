// The door of the page: who is signed on here, or can be, with a key that this browser holds. Signing on needs no human: the
// key answers the node's challenge, also after the node was started anew. Whoever signed off by hand chooses again by hand.

import { hex } from '../crypto/bytes';
import type { OfficerKey } from '../crypto/keys';
import type { NodeClient } from '../data/client';
import { type Floor, indexed } from '../data/floor';
import { asProblem, type Problem, UNREACHED } from '../data/problem';
import { keyOf, type Seat, seats, signOn } from '../data/seats';
import type { SessionView } from '../data/wire';

export type Door =
  | { readonly state: 'opening' }
  | { readonly state: 'seated'; readonly session: SessionView; readonly key: OfficerKey; readonly floor: Floor }
  | { readonly state: 'choose'; readonly seats: readonly Seat[]; readonly problem: Problem | null }
  | { readonly state: 'no-key' }
  | { readonly state: 'unreached'; readonly problem: Problem };

/** Open the door: with the session there is, else with the first key that the node takes. */
export async function openDoor(client: NodeClient): Promise<Door> {
  try {
    const session = await client.session();
    const key = session && (await keyOfSession(session));
    if (session && key) return await seated(client, session, key);
    return await tryKeys(client, await seats());
  } catch (thrown) {
    return unreached(thrown);
  }
}

/** What is offered to whoever signed off, or whose keys were all refused. */
export async function chooseSeat(problem: Problem | null = null): Promise<Door> {
  const found = await seats();
  return found.length > 0 ? { state: 'choose', seats: found, problem } : { state: 'no-key' };
}

export async function takeSeat(client: NodeClient, seat: Seat): Promise<Door> {
  try {
    const key = await keyOf(seat);
    if (!key) return await chooseSeat();
    return await seated(client, await signOn(client, seat, key), key);
  } catch (thrown) {
    const problem = asProblem(thrown);
    return problem.code === UNREACHED ? unreached(thrown) : chooseSeat(problem);
  }
}

async function tryKeys(client: NodeClient, found: readonly Seat[]): Promise<Door> {
  let refused: Problem | null = null;
  for (const seat of found) {
    const key = await keyOf(seat);
    if (!key) continue;
    try {
      return await seated(client, await signOn(client, seat, key), key);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code === UNREACHED) throw problem;
      refused ??= problem;
    }
  }
  return found.length > 0 ? { state: 'choose', seats: found, problem: refused } : { state: 'no-key' };
}

async function seated(client: NodeClient, session: SessionView, key: OfficerKey): Promise<Door> {
  return { state: 'seated', session, key, floor: indexed(await client.floor()) };
}

/** The key that the session was opened with, if this browser holds it. */
async function keyOfSession(session: SessionView): Promise<OfficerKey | null> {
  const own = (await seats()).filter((seat) => seat.member === session.member && seat.position === session.position);
  for (const seat of own) {
    const key = await keyOf(seat);
    if (key && hex(key.kid) === session.kid) return key;
  }
  return null;
}

function unreached(thrown: unknown): Door {
  return { state: 'unreached', problem: asProblem(thrown) };
}
