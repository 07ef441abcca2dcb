// What assistive technology is told without being asked: an alarm at once, everything else when it is idle. Only changes
// are announced, never the ticking of a clock.

import { Plural, Trans } from '@lingui/react/macro';
import type { FloorView } from '../data/floor';
import type { Standing } from '../data/standing';
import { useNow } from '../parts/Now';
import { Ref } from '../parts/Words';
import { clockRows } from './now/now';

interface Props {
  readonly view: FloorView | null;
  readonly standing: Standing<unknown>['state'];
}

export function Announcer({ view, standing }: Props) {
  const nowMs = useNow();
  const missed = view ? clockRows(view.clocks, null, nowMs).filter((row) => row.missed).length : 0;
  const closed = view?.peers.filter((peer) => peer.line === 'closed') ?? [];
  return (
    <>
      <div className="unseen" role="alert">
        {standing === 'offline' && <Trans>The line to the node is lost.</Trans>}
        {view?.record.state === 'split' && <Trans>A log of the record is split.</Trans>}
        {missed > 0 && <Plural value={missed} one="# clock is missed." other="# clocks are missed." />}
      </div>
      <div className="unseen" role="status">
        {closed.map((peer) => (
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
