// The chime of a proof of life: once for each that is asked of this member's watch. It never alarms.

import { Trans } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { useSeat } from '../../app/seat';
import { useOpenCases } from '../../data/queries';
import { shown } from '../../data/standing';
import { Ref } from '../../parts/Words';
import { useAlarm } from '../alarm/AlarmProvider';
import { pins } from '../line/pins';
import { useAsking } from './useAsking';

export function Chime() {
  const { floor } = useSeat();
  useAsking();
  const { play } = useAlarm();
  const cases = shown(useOpenCases('line'))?.cases ?? [];
  const { proofs } = pins(cases, floor.me);
  const chimed = useRef(new Set<string>());
  const waiting = proofs.map((one) => one.reference).join(' ');
  useEffect(() => {
    const fresh = waiting.split(' ').filter((one) => one !== '' && !chimed.current.has(one));
    if (fresh.length === 0) return;
    for (const one of fresh) chimed.current.add(one);
    play('chime');
  }, [waiting, play]);
  return (
    <div className="unseen" role="status">
      {proofs.map((one) => (
        <p key={one.reference}>
          <Trans>
            <Ref>{one.opener}</Ref> asks for a proof of life.
          </Trans>
        </p>
      ))}
    </div>
  );
}
