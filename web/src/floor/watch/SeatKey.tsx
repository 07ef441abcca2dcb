// Who is signed on at this terminal, and signing off.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { Person } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { PrecedenceWord } from '../../parts/PrecedenceMark';
import { Code, Ref } from '../../parts/Words';

export function SeatKey() {
  const { t } = useLingui();
  const { session, signOff, floor } = useSeat();
  return (
    <DialogTrigger>
      <Button className="key key--icon" aria-label={t`Who is signed on`}>
        <Person />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="explained" aria-label={t`Who is signed on`}>
          <h3>
            <Ref>{`${session.member}/${session.position}`}</Ref>
          </h3>
          <p className="note">
            <bdi>{floor.view.name}</bdi>
          </p>
          <p className="note">
            <Trans>
              signed on since <Moment atMs={session.since_ms} date />, with key <Code>{session.kid}</Code>
            </Trans>
          </p>
          <ul className="evidence">
            {session.mandates.map((mandate) => (
              <li key={mandate.name}>
                <bdi>{mandate.title}</bdi> · <Trans>up to</Trans> <PrecedenceWord of={mandate.ceiling} />
              </li>
            ))}
          </ul>
          <Button className="key" onPress={signOff}>
            <Trans>Sign off</Trans>
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
