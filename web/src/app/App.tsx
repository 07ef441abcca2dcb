// The page over its node: enrolment where the address bears an invitation, else the door, and behind it the floor.

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from '../data/client';
import type { Seat } from '../data/seats';
import { Floor } from '../floor/Floor';
import { chooseSeat, type Door, openDoor, takeSeat } from './door';
import { Enrol } from './Enrol';
import { asksByItself, invitationIn } from './enrolment';
import { Live } from './Live';
import { SeatContext, type Seated } from './seat';
import { Threshold } from './Threshold';
import { Unattended } from './Unattended';

const AGAIN_MS = 2_000;

export function App() {
  const [token, setToken] = useState(() => invitationIn(location.hash));
  const [byItself, setByItself] = useState(() => asksByItself(location.hash) && window.parent !== window);
  const onEnrolled = useCallback(() => {
    history.replaceState(null, '', location.pathname);
    setToken(null);
  }, []);
  const onByHand = useCallback(() => setByItself(false), []);
  if (!token) return <Behind />;
  if (byItself) return <Unattended token={token} onSeated={onEnrolled} onByHand={onByHand} />;
  return <Enrol token={token} onEnrolled={onEnrolled} />;
}

function Behind() {
  const client = useClient();
  const queries = useQueryClient();
  const [door, setDoor] = useState<Door>({ state: 'opening' });
  const opening = useRef(false);

  const open = useCallback(async () => {
    if (opening.current) return;
    opening.current = true;
    const next = await openDoor(client);
    opening.current = false;
    // A node that is away for a while does not empty the screen of whoever is seated: what is shown bears its age.
    setDoor((before) => (before.state === 'seated' && next.state === 'unreached' ? before : next));
  }, [client]);

  useEffect(() => void open(), [open]);
  useEffect(() => {
    if (door.state !== 'unreached') return undefined;
    const again = setTimeout(() => void open(), AGAIN_MS);
    return () => clearTimeout(again);
  }, [door, open]);

  const signOff = useCallback(async () => {
    await client.signOff().catch(() => undefined);
    queries.clear();
    setDoor(await chooseSeat());
  }, [client, queries]);
  const take = useCallback(async (seat: Seat) => setDoor(await takeSeat(client, seat)), [client]);
  const seated = useMemo(
    (): Seated | null =>
      door.state === 'seated'
        ? { session: door.session, key: door.key, floor: door.floor, signOff: () => void signOff() }
        : null,
    [door, signOff],
  );
  const onSignedOff = useCallback(() => void open(), [open]);

  if (!seated) return <Threshold door={door} onTake={(seat) => void take(seat)} onAgain={() => void open()} />;
  return (
    <SeatContext.Provider value={seated}>
      <Live onSignedOff={onSignedOff}>
        <Floor />
      </Live>
    </SeatContext.Provider>
  );
}
