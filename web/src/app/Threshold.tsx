// Before the door: opening, a seat to choose, no key in this browser, no answer from the node.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { type Seat, seatName } from '../data/seats';
import { Broken } from '../parts/icons';
import { Loading } from '../parts/States';
import { Ref, Words } from '../parts/Words';
import type { Door } from './door';
import { Outside } from './Outside';

interface Props {
  readonly door: Door;
  readonly onTake: (seat: Seat) => void;
  readonly onAgain: () => void;
}

export function Threshold({ door, onTake, onAgain }: Props) {
  switch (door.state) {
    case 'seated':
    case 'opening':
      return (
        <Outside title={<Trans>Signing on</Trans>}>
          <Loading />
        </Outside>
      );
    case 'unreached':
      return (
        <Outside title={<Trans>The node does not answer</Trans>}>
          <p className="outside__sign">
            <Broken />
          </p>
          <p>
            <Trans>
              This page asks it again every two seconds. Until then nothing can be sent from here: use the telephone.
            </Trans>
          </p>
          <p className="note">
            <Words of={{ text: door.problem.message, language: 'en' }} />
          </p>
          <Button className="key" onPress={onAgain}>
            <Trans>Ask again now</Trans>
          </Button>
        </Outside>
      );
    case 'no-key':
      return (
        <Outside title={<Trans>No officer's key in this browser</Trans>}>
          <p>
            <Trans>
              Ask your registrar for an invitation: open its link here, and this browser makes a key that never leaves
              it.
            </Trans>
          </p>
          <p>
            <Trans>A STOP cannot be called from this page: use the telephone.</Trans>
          </p>
        </Outside>
      );
    case 'choose':
      return (
        <Outside title={<Trans>Who is on watch here?</Trans>}>
          {door.problem && (
            <p className="note note--bad" role="alert">
              <Trans>The node did not take the key:</Trans>{' '}
              <Words of={{ text: door.problem.message, language: 'en' }} />
            </p>
          )}
          <ul className="seats">
            {door.seats.map((seat) => (
              <li key={seatName(seat)}>
                <Button className="key key--first" onPress={() => onTake(seat)}>
                  <Ref>{`${seat.member}/${seat.position}`}</Ref>
                </Button>
                <span className="note" dir="ltr">
                  {seat.mechanism.slice(0, 16)}
                </span>
              </li>
            ))}
          </ul>
        </Outside>
      );
  }
}
