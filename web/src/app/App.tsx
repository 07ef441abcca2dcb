// The page over its node: enrolment where the address bears an invitation, else the door, and behind it the floor.

import { useCallback, useState } from 'react';
import type { OfficerKey } from '../crypto/keys';
import { Floor } from '../floor/Floor';
import { Enrol } from './Enrol';
import { asksByItself, invitationIn } from './enrolment';
import { Live } from './Live';
import { SeatContext } from './seat';
import { Threshold } from './Threshold';
import { Unattended } from './Unattended';
import { useDoor } from './useDoor';

export function App() {
  const [token, setToken] = useState(() => invitationIn(location.hash));
  const [byItself, setByItself] = useState(() => asksByItself(location.hash) && window.parent !== window);
  const [enrolled, setEnrolled] = useState<OfficerKey | null>(null);
  const onEnrolled = useCallback((key: OfficerKey | null) => {
    history.replaceState(null, '', location.pathname);
    setEnrolled(key);
    setToken(null);
  }, []);
  const onSeated = useCallback(() => onEnrolled(null), [onEnrolled]);
  const onByHand = useCallback(() => setByItself(false), []);
  if (!token) return <Behind enrolled={enrolled} />;
  if (byItself) return <Unattended token={token} onSeated={onSeated} onByHand={onByHand} />;
  return <Enrol token={token} onEnrolled={onEnrolled} />;
}

function Behind({ enrolled }: { readonly enrolled: OfficerKey | null }) {
  const { door, seated, take, open, onSignedOff } = useDoor(enrolled);
  if (!seated) return <Threshold door={door} onTake={take} onAgain={() => void open()} />;
  const { session } = seated;
  return (
    <SeatContext.Provider value={seated}>
      <Live key={`${session.position} ${session.kid} ${session.since_ms}`} onSignedOff={onSignedOff}>
        <Floor />
      </Live>
    </SeatContext.Provider>
  );
}
