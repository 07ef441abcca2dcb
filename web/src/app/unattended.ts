// A seat taken with nobody pressing anything, as the theatre of an exercise shows floors: see docs/decisions/0010. Only in a
// frame, and only where the node says that it plays: in earnest an officer agrees to the making of a key.
//
// | first true | then |
// | --- | --- |
// | a key of this browser opens the door | `seated` |
// | no exercise, refused, run out, or enrolled in another browser | `by-hand`: the page of the invitation says what is so |
// | the invitation is open | a key is made and presented; `waiting` |
// | the key is enrolled | it signs on; `seated` |

import type { NodeClient } from '../data/client';
import { seats, signOn } from '../data/seats';
import { openDoor } from './door';
import { presentKey, readEnrolment, settle } from './enrolment';

export interface Taking {
  readonly step: 'seated' | 'waiting' | 'by-hand';
  /** That of the invitation, once it was read. */
  readonly language: string | null;
}

/** One step; throws `Problem` where the node does not answer or does not know the invitation. */
export async function takeByItself(client: NodeClient, token: string, isFirst: boolean): Promise<Taking> {
  if (isFirst && (await seats()).length > 0) {
    const door = await openDoor(client);
    if (door.state === 'seated') return { step: 'seated', language: null };
    if (door.state === 'unreached') throw door.problem;
  }
  const enrolment = await readEnrolment(client, token);
  const { state, banner, language } = enrolment.invitation;
  if (banner === null) return { step: 'by-hand', language };
  if (state === 'open') {
    await presentKey(client, token, enrolment);
    return { step: 'waiting', language };
  }
  if (!enrolment.key || (state !== 'presented' && state !== 'enrolled')) return { step: 'by-hand', language };
  if (state === 'presented') return { step: 'waiting', language };
  await settle(enrolment);
  await signOn(client, enrolment.seat, enrolment.key);
  return { step: 'seated', language };
}
