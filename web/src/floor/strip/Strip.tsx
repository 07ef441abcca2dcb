// The top strip, always there: whose node, whose eyes, UTC and each side's local time, a lamp for each line and for the
// record, how the page looks, STOP.

import { Trans } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { useNowView, useStatus } from '../../data/queries';
import { shown } from '../../data/standing';
import type { RoleName } from '../../data/wire';
import type { Look } from '../../design/theme';
import { Ref } from '../../parts/Words';
import { AlarmKey } from '../alarm/AlarmKey';
import { DisplayKey } from '../display/DisplayKey';
import { StopKey } from '../stop/StopKey';
import { SeatKey } from '../watch/SeatKey';
import { Clocks } from './Clocks';
import { Lamps } from './Lamps';
import './strip.css';

interface Props {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

export function Strip({ look, onLook }: Props) {
  const { floor, session } = useSeat();
  const now = useNowView();
  const status = useStatus();
  const offline = now.state === 'offline';
  const watches = shown(now)?.watches ?? [];
  const own = watches.find((one) => one.member === floor.me);
  const role = floor.member(floor.me)?.role;
  return (
    <header className="strip">
      <div className="strip__node">
        <h1>
          <Trans>
            Node of <Ref>{floor.me}</Ref>
          </Trans>
        </h1>
        <p>
          <Ref>{`${session.member}/${session.position}`}</Ref> {role && <RoleWord of={role} />}
          {own && (
            <span className="strip__watch" data-mine={own.position === session.position || undefined}>
              {' · '}
              {own.position === session.position ? (
                <Trans>has the watch</Trans>
              ) : (
                <Trans>
                  watch: <Ref>{own.position}</Ref>
                </Trans>
              )}
            </span>
          )}
        </p>
      </div>
      <Clocks members={floor.view.members} />
      <Lamps silence={shown(now)?.silence ?? null} watches={watches} status={shown(status)} offline={offline} />
      <div className="strip__keys">
        <AlarmKey />
        <SeatKey />
        <DisplayKey look={look} onLook={onLook} />
        <StopKey allowed={!offline} />
      </div>
    </header>
  );
}

export function RoleWord({ of }: { readonly of: RoleName }) {
  switch (of) {
    case 'party':
      return <Trans>party</Trans>;
    case 'facilitator':
      return <Trans>facilitator</Trans>;
    case 'observer':
      return <Trans>observer</Trans>;
  }
}
