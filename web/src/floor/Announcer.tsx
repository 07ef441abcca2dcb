// What assistive technology is told without being asked: what rings at once, everything else when it is idle. Only changes
// are announced, never the ticking of a clock.

import { Plural, Trans } from '@lingui/react/macro';
import { useSeat } from '../app/seat';
import { useNowView, useStatus } from '../data/queries';
import { shown } from '../data/standing';
import { useNow } from '../parts/Now';
import { PrecedenceWord } from '../parts/PrecedenceMark';
import { Ref } from '../parts/Words';
import { nowRows } from './now/now';

export function Announcer() {
  const { floor } = useSeat();
  const standing = useNowView();
  const status = shown(useStatus());
  const nowMs = useNow();
  const now = shown(standing);
  const missed = now ? nowRows(now.clocks, now.rings, floor.me, nowMs).filter((row) => row.missed).length : 0;
  const away = now?.silence.filter((peer) => peer.standing === 'unreachable') ?? [];
  return (
    <>
      <div className="unseen" role="alert">
        {standing.state === 'offline' && <Trans>The line to the node is lost.</Trans>}
        {(status?.forks.length ?? 0) > 0 && <Trans>A log of the record is split.</Trans>}
        {now?.rings.map((ring) => (
          <p key={`${ring.reference} ${ring.stage}`}>
            <PrecedenceWord of={ring.precedence} />{' '}
            <Trans>
              <Ref>{ring.reference}</Ref> from <Ref>{ring.author}</Ref> rings.
            </Trans>
          </p>
        ))}
        {missed > 0 && <Plural value={missed} one="# clock is missed." other="# clocks are missed." />}
      </div>
      <div className="unseen" role="status">
        {away.map((peer) => (
          <p key={peer.code}>
            <Trans>
              <Ref>{peer.code}</Ref> is not reachable.
            </Trans>
          </p>
        ))}
      </div>
    </>
  );
}
