// The door while the page is open: it opens by itself, is asked again while the node does not answer, and changes hands. The
// officer who leaves stays seated, and is alarmed, until the next one is: then session, key, line and all that was read are gone.

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { OfficerKey } from '../crypto/keys';
import { useClient } from '../data/client';
import { asProblem, Problem, UNREACHED } from '../data/problem';
import type { KeptSeat } from '../data/seats';
import { unlock } from '../data/unlocking';
import { chooseSeat, type Door, openDoor, takeSeat, unreached } from './door';
import type { Seated } from './seat';

const AGAIN_MS = 2_000;
/** Why a session ended, where the officer must hear it: the key ended in the record. */
export const KEY_ENDED = 'session.key-ended';
/** Sessions that the node ended so are not taken up again by the page itself. */
const FINAL = new Map([
  ['key', new Problem({ code: KEY_ENDED, reason: 'this key was revoked or replaced', rule: 'ask your registrar' })],
]);

export interface Doorway {
  readonly door: Door;
  readonly seated: Seated | null;
  readonly open: () => Promise<void>;
  /** Sign on in a seat; the problem where that is refused. */
  readonly take: (seat: KeptSeat, passphrase: string) => Promise<Problem | null>;
  readonly onSignedOff: (why: string | null) => void;
}

/** `enrolled`: the key of the officer who was enrolled and signed on by hand a moment ago. */
export function useDoor(enrolled: OfficerKey | null): Doorway {
  const client = useClient();
  const queries = useQueryClient();
  const [door, setDoor] = useState<Door>({ state: 'opening' });
  const [byHand, setByHand] = useState(enrolled !== null);
  const busy = useRef(false);
  const held = useRef(enrolled);
  const leaving = useRef(new Set<() => Promise<void>>());
  if (door.state !== 'opening') held.current = door.state === 'seated' ? door.key : null;

  const open = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    const next = await openDoor(client, held.current);
    busy.current = false;
    // A node that is away for a while does not empty the screen of whoever is seated: what is shown bears its age.
    setDoor((before) => (before.state === 'seated' && next.state === 'unreached' ? before : next));
  }, [client]);

  useEffect(() => void open(), [open]);
  useEffect(() => {
    if (door.state !== 'unreached') return undefined;
    const again = setTimeout(() => void open(), AGAIN_MS);
    return () => clearTimeout(again);
  }, [door, open]);

  const leave = useCallback(async () => {
    for (const act of leaving.current) await act();
  }, []);

  const take = useCallback(
    async (seat: KeptSeat, passphrase: string): Promise<Problem | null> => {
      if (busy.current) return null;
      busy.current = true;
      try {
        const key = await unlock(seat, passphrase);
        await leave();
        const next = await takeSeat(client, seat, key);
        // What the next officer hears is read before the one before is let go: the alarm is not interrupted.
        const now = await client.now().catch(() => null);
        queries.clear();
        if (now) queries.setQueryData(['now'], now);
        setByHand(true);
        setDoor(next);
        return null;
      } catch (thrown) {
        const problem = asProblem(thrown);
        if (problem.code === UNREACHED) setDoor((before) => (before.state === 'seated' ? before : unreached(thrown)));
        return problem;
      } finally {
        busy.current = false;
      }
    },
    [client, queries, leave],
  );

  const signOff = useCallback(async () => {
    busy.current = true;
    await leave().catch(() => undefined);
    await client.signOff().catch(() => undefined);
    queries.clear();
    setDoor(await chooseSeat());
    busy.current = false;
  }, [client, queries, leave]);

  const onSignedOff = useCallback(
    (why: string | null) => {
      if (busy.current) return;
      const final = why === null ? undefined : FINAL.get(why);
      if (!final) return void open();
      busy.current = true;
      queries.clear();
      void chooseSeat(final).then((next) => {
        setDoor(next);
        busy.current = false;
      });
    },
    [open, queries],
  );

  const beforeLeaving = useCallback((act: () => Promise<void>) => {
    leaving.current.add(act);
    return () => void leaving.current.delete(act);
  }, []);
  const seated = useMemo((): Seated | null => {
    if (door.state !== 'seated') return null;
    const { session, key, floor } = door;
    return { session, key, floor, byHand, signOff: () => void signOff(), change: take, beforeLeaving };
  }, [door, byHand, signOff, take, beforeLeaving]);
  return { door, seated, open, take, onSignedOff };
}
