// Who is signed on at this terminal, and signing off.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import type { Bytes } from '../../crypto/bytes';
import { Person } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { PrecedenceWord } from '../../parts/PrecedenceMark';
import { Code, Ref } from '../../parts/Words';
import { useOpeners } from '../opening';
import { useChanging } from './changing';
import { useIsGuarded } from './useIsGuarded';

export function SeatKey() {
  const { t } = useLingui();
  const { session, signOff, floor, key } = useSeat();
  const { setChanging } = useChanging();
  const { open } = useOpeners();
  return (
    <DialogTrigger>
      <Button className="key key--icon" aria-label={t`Who is signed on`}>
        <Person />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="explained" aria-label={t`Who is signed on`}>
          {({ close }) => (
            <>
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
              <Guard kid={key.kid} />
              <div className="explained__keys">
                <Button
                  className="key key--first"
                  onPress={() => {
                    close();
                    setChanging(true);
                  }}
                >
                  <Trans>Another officer…</Trans> <kbd>O</kbd>
                </Button>
                <Button
                  className="key"
                  onPress={() => {
                    close();
                    open({ what: 'people' });
                  }}
                >
                  <Trans>Officers…</Trans>
                </Button>
                <Button className="key" onPress={signOff}>
                  <Trans>Sign off</Trans>
                </Button>
              </div>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Guard({ kid }: { readonly kid: Bytes }) {
  const guarded = useIsGuarded(kid);
  if (guarded === null) return null;
  return (
    <p className="note" data-guarded={guarded}>
      {guarded ? (
        <Trans>This key signs at this terminal only after its passphrase was given.</Trans>
      ) : (
        <Trans>
          This key has no passphrase: whoever uses this browser can sign with it. A key that exists cannot be given one.
          Ask your registrar for an invitation, and choose a passphrase for the new key there.
        </Trans>
      )}
    </p>
  );
}
