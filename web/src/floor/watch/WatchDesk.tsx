// The watch's desk: its cases as they are declared, and over them the keys of the watch: hand over, take over, what stays in
// this node, and the sheet to go on with on paper.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useCase, useLineOpen, useNowView } from '../../data/queries';
import { shown } from '../../data/standing';
import { maySay } from '../../say/rights';
import { DeclaredDesk } from '../desk/DeclaredDesk';
import { openingOf } from '../line/pins';
import { useOpening } from '../opening';
import './watch.css';

export const WATCH_DESK = 'watch';

export function WatchDesk({ folded }: { readonly folded: boolean }) {
  return (
    <div className="watch-desk">
      <WatchKeys />
      <DeclaredDesk desk={WATCH_DESK} folded={folded} />
    </div>
  );
}

function WatchKeys() {
  const { floor, session } = useSeat();
  const { open } = useOpening();
  const lineOpen = useLineOpen();
  const watches = shown(useNowView())?.watches ?? [];
  const handing = watches.find((one) => one.member === floor.me)?.handing ?? null;
  const offered = shown(useCase(handing));
  const item = offered && openingOf(offered);
  const isMine = item?.content?.['to'] === session.position && offered?.state === 'offered';
  return (
    <div className="watch-keys">
      {isMine && item && (
        <Button
          className="key key--first"
          data-watch="take-over"
          isDisabled={!lineOpen}
          onPress={() =>
            open({ what: 'act', item, offer: { act: 'move', kind: 'take-over', to: 'taken-over', isMain: true } })
          }
        >
          <Trans>Take over the watch</Trans>
        </Button>
      )}
      {maySay(floor, session, 'handover') && (
        <Button
          className="key"
          data-watch="hand-over"
          isDisabled={!lineOpen}
          onPress={() => open({ what: 'hand-over' })}
        >
          <Trans>Hand over the watch</Trans>
        </Button>
      )}
      <Button className="key" data-watch="private" onPress={() => open({ what: 'private' })}>
        <Trans>Private</Trans>
      </Button>
      <Button className="key" data-watch="continuity" onPress={() => open({ what: 'continuity' })}>
        <Trans>Continuity sheet</Trans>
      </Button>
    </div>
  );
}
