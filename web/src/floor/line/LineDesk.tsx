// The Line: what is in force pinned on top, the log below it with the newest last, and the keys to write.

import { Trans } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { useFeed, useOpenCases } from '../../data/queries';
import { shown } from '../../data/standing';
import { Empty, InStanding } from '../../parts/States';
import { WriteKeys } from '../composer/WriteKeys';
import './line.css';
import { Log } from './Log';
import { ProofPin, StopPin, SuspensionPin } from './PinCards';
import { pins } from './pins';

export function LineDesk({ folded }: { readonly folded: boolean }) {
  const { floor } = useSeat();
  const feed = useFeed('line');
  const open = shown(useOpenCases('line'));
  const { stops, suspensions, proofs } = pins(open?.cases ?? [], floor.me);
  const pinned = [...stops, ...suspensions, ...proofs].map((one) => one.reference);
  return (
    <div className="line">
      {proofs.length > 0 && (
        <div className="pins pins--slim">
          {proofs.map((one) => (
            <ProofPin key={one.reference} of={one} />
          ))}
        </div>
      )}
      {stops.length + suspensions.length > 0 && (
        <div className="pins">
          {stops.map((one) => (
            <StopPin key={one.reference} of={one} />
          ))}
          {suspensions.map((one) => (
            <SuspensionPin key={one.reference} of={one} />
          ))}
        </div>
      )}
      <InStanding
        standing={feed}
        isEmpty={(page) => page.items.length === 0}
        empty={<Empty title={<Trans>Nothing has been said yet</Trans>} />}
      >
        {(page) => <Log page={page} folded={folded} desk="line" pinned={pinned} />}
      </InStanding>
      <WriteKeys desk="line" />
    </div>
  );
}
