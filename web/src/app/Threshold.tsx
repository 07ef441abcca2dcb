// Before the door: opening, a seat to choose, no key in this browser, no answer from the node.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import type { Problem } from '../data/problem';
import type { KeptSeat } from '../data/seats';
import { Broken } from '../parts/icons';
import { Loading } from '../parts/States';
import { Words } from '../parts/Words';
import type { Door } from './door';
import { Outside } from './Outside';
import { SeatChooser } from './SeatChooser';
import { KEY_ENDED } from './useDoor';
import { WaitingAlarm } from './WaitingAlarm';

interface Props {
  readonly door: Door;
  readonly onTake: (seat: KeptSeat, passphrase: string) => Promise<Problem | null>;
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
          {door.session && <WaitingAlarm session={door.session} />}
          {door.problem && <Ended of={door.problem} />}
          <SeatChooser
            seats={door.seats}
            first={door.seats.find((seat) => seat.kid === door.session?.kid) ?? door.seats[0]}
            onTake={onTake}
          />
        </Outside>
      );
  }
}

function Ended({ of }: { readonly of: Problem }) {
  return (
    <p className="note note--bad" role="alert" data-problem={of.code}>
      {of.code === KEY_ENDED ? (
        <Trans>
          Your sign-on ended: your key was revoked or replaced in the record. It signs nothing any more. Ask your
          registrar, and use the telephone until then.
        </Trans>
      ) : (
        <>
          <Trans>The node did not take the key:</Trans> <Words of={{ text: of.message, language: 'en' }} />
        </>
      )}
    </p>
  );
}
