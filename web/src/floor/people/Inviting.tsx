// A new key for an officer's position: the link is shown as text and as a QR code; the key made behind it is compared by its
// fingerprint, by voice or face to face; the registrar on duty signs, and the key before it ends with the same act.

import { Trans } from '@lingui/react/macro';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { fingerprint } from '../../app/enrolment';
import { useSeat } from '../../app/seat';
import { fromBase64url } from '../../crypto/bytes';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import type { FollowedInvitation, MadeInvitation, OfficersView, OfficerView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Moment } from '../../parts/Moment';
import { Loading } from '../../parts/States';
import { Ref } from '../../parts/Words';
import { enrolment } from '../../say/registering';
import { ProblemNote } from '../composer/Sending';
import { QrCode } from './QrCode';
import { useSigning } from './useSigning';

const ASK_MS = 1_000;

interface Props {
  readonly officer: OfficerView;
  readonly view: OfficersView;
  readonly onBack: () => void;
}

export function Inviting({ officer, view, onBack }: Props) {
  const { session, floor } = useSeat();
  const { made, now, problem, refuse } = useInvitation(officer);
  const signing = useSigning();
  const [reference, setReference] = useState<string | null>(null);
  const { position } = officer;
  // The list may be read anew meanwhile: the key to be replaced is the one that stood there when the link was made.
  const enrol = async () => {
    if (now) setReference(await signing.sign((chance) => enrolment(now, officer, view, session, floor, chance)));
  };
  if (reference) {
    return (
      <Told onBack={onBack}>
        <Trans>
          <Ref>{position}</Ref> has a new key, by <Ref>{reference}</Ref>. The key before it has ended: every member
          refuses what it signs.
        </Trans>
      </Told>
    );
  }
  if (problem) return <ProblemNote of={problem} />;
  if (!made || !now) return <Loading />;
  if (now.state === 'refused' || now.state === 'expired') {
    return (
      <Told onBack={onBack}>
        <Trans>This link is over; nothing was enrolled by it.</Trans>
      </Told>
    );
  }
  return (
    <div className="inviting" data-state={now.state}>
      {now.state === 'open' ? <Offer of={made} position={position} /> : <Compare of={now} position={position} />}
      <ProblemNote of={signing.problem} />
      <div className="officers__keys">
        {now.state === 'presented' && (
          <Button className="key key--first" data-do="enrol" isDisabled={signing.busy} onPress={() => void enrol()}>
            <Trans>They are the same: enrol this key</Trans>
          </Button>
        )}
        <Button className="key" data-do="refuse" onPress={() => void refuse().then(onBack)}>
          {now.state === 'presented' ? <Trans>They differ: refuse it</Trans> : <Trans>Call the link off</Trans>}
        </Button>
      </div>
    </div>
  );
}

function Offer({ of, position }: { readonly of: MadeInvitation; readonly position: string }) {
  return (
    <>
      <QrCode rows={of.qr} />
      <div className="inviting__link">
        <p>
          <Trans>
            Give this link to the officer in position <Ref>{position}</Ref>, and to nobody else. It is good once, until{' '}
            <Moment atMs={of.expires_ms} />.
          </Trans>
        </p>
        <p>
          <code dir="ltr" data-told="link">
            {of.link}
          </code>
        </p>
        <p className="note">
          <Trans>The key that holds the position now ends when you enrol the new one.</Trans>
        </p>
        <p role="status">
          <Trans>Waiting for the key that is made there.</Trans>
        </p>
      </div>
    </>
  );
}

function Compare({ of, position }: { readonly of: FollowedInvitation; readonly position: string }) {
  // Of the very key that will be signed for, not as the node tells it.
  const shown = of.public_key ? fingerprint({ publicKey: fromBase64url(of.public_key) }) : '';
  return (
    <div className="inviting__link">
      <p role="status">
        <Trans>
          A key was made. Ask the officer in position <Ref>{position}</Ref>, by voice or face to face, to read the
          fingerprint on that screen:
        </Trans>
      </p>
      <p className="fingerprint" dir="ltr" data-told="fingerprint">
        {shown}
      </p>
    </div>
  );
}

function Told({ onBack, children }: { readonly onBack: () => void; readonly children: ReactNode }) {
  return (
    <>
      <p role="status" data-told="done">
        {children}
      </p>
      <div className="officers__keys">
        <Button className="key" onPress={onBack}>
          <Trans>Back to the officers</Trans>
        </Button>
      </div>
    </>
  );
}

/** Makes an invitation to the officer's position once, and follows it. */
function useInvitation({ position, mandates }: OfficerView) {
  const client = useClient();
  const { language } = useLanguage();
  const [asked] = useState(() => ({ position, mandates: [...mandates], language }));
  const [made, setMade] = useState<MadeInvitation | null>(null);
  const [now, setNow] = useState<FollowedInvitation | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let over = false;
    const making = client.invite(asked).then(
      (one) => {
        if (over) return void client.refuseInvitation(one.id).catch(() => undefined);
        setMade(one);
        setNow(one);
      },
      (thrown) => setProblem(asProblem(thrown)),
    );
    return () => {
      over = true;
      void making;
    };
  }, [client, asked]);
  const id = made?.id;
  const waits = now?.state === 'open' || now?.state === 'presented';
  useEffect(() => {
    if (!id || !waits) return undefined;
    const asking = setInterval(() => void client.followInvitation(id).then(setNow, () => undefined), ASK_MS);
    return () => clearInterval(asking);
  }, [client, id, waits]);
  const refuse = async () => {
    if (id) await client.refuseInvitation(id).catch(() => undefined);
  };
  return { made, now, problem, refuse };
}
