// Enrolment behind a one-time link: who is invited and as what; the key is made; its fingerprint is shown while the registrar
// compares and confirms it; then the floor opens.

import { Trans } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import type { OfficerKey } from '../crypto/keys';
import { useClient } from '../data/client';
import { asProblem, type Problem } from '../data/problem';
import { signOn } from '../data/seats';
import { PrecedenceWord } from '../parts/PrecedenceMark';
import { Loading } from '../parts/States';
import { Ref, Words } from '../parts/Words';
import { type Enrolment, fingerprint, presentKey, readEnrolment, settle } from './enrolment';
import { MakeKey } from './MakeKey';
import { Outside } from './Outside';
import { useLanguageOf } from './useLanguageOf';

const ASK_MS = 1_500;

interface Props {
  readonly token: string;
  /** With the key that signed on; null where its passphrase must be given first. */
  readonly onEnrolled: (key: OfficerKey | null) => void;
}

export function Enrol({ token, onEnrolled }: Props) {
  const client = useClient();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const attempt = useCallback(async (make: () => Promise<Enrolment>) => {
    try {
      const made = await make();
      // A key whose passphrase was given in this visit stays usable while the invitation is read again.
      setEnrolment((before) => (before?.key && made.kept && !made.key ? { ...made, key: before.key } : made));
      setProblem(null);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  }, []);

  useEffect(() => void attempt(() => readEnrolment(client, token)), [attempt, client, token]);

  useLanguageOf(enrolment?.invitation.language ?? null);

  const state = enrolment?.invitation.state;
  useEffect(() => {
    if (state !== 'presented') return undefined;
    const asking = setInterval(() => void attempt(() => readEnrolment(client, token)), ASK_MS);
    return () => clearInterval(asking);
  }, [state, attempt, client, token]);

  useEffect(() => {
    if (state !== 'enrolled' || !enrolment?.kept) return;
    const takeSeat = async () => {
      const { seat, key } = enrolment;
      if ((await settle(enrolment)) && key) await signOn(client, seat, key);
      return key;
    };
    takeSeat().then(onEnrolled, (thrown) => setProblem(asProblem(thrown)));
  }, [state, enrolment, client, onEnrolled]);

  if (!enrolment) {
    return <Outside title={<Trans>Enrolment</Trans>}>{problem ? <Refused problem={problem} /> : <Loading />}</Outside>;
  }
  const { invitation, kept } = enrolment;
  return (
    <Outside title={<Trans>Enrolment</Trans>}>
      <dl className="invitation">
        <div>
          <dt>
            <Trans>Mechanism</Trans>
          </dt>
          <dd>
            <Words of={{ text: invitation.name, language: '' }} />
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Position</Trans>
          </dt>
          <dd>
            <Ref>{`${invitation.member}/${invitation.position}`}</Ref>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Mandates</Trans>
          </dt>
          <dd>
            {invitation.mandates.map((mandate) => (
              <span className="chip" key={mandate.name}>
                <bdi>{mandate.title}</bdi> <Trans>up to</Trans> <PrecedenceWord of={mandate.ceiling} />
              </span>
            ))}
          </dd>
        </div>
      </dl>
      <Step
        of={enrolment}
        onMake={(passphrase) => void attempt(() => presentKey(client, token, enrolment, passphrase))}
      />
      {kept && (state === 'presented' || state === 'enrolled') && <Fingerprint of={fingerprint(kept)} />}
      {problem && <Refused problem={problem} />}
    </Outside>
  );
}

function Step({ of, onMake }: { readonly of: Enrolment; readonly onMake: (passphrase: string | null) => void }) {
  switch (of.invitation.state) {
    case 'open':
      return <MakeKey onMake={onMake} />;
    case 'presented':
      return (
        <p role="status">
          <Trans>
            The registrar now compares this fingerprint with you, and confirms it. This page goes on by itself.
          </Trans>
        </p>
      );
    case 'enrolled':
      return (
        <p role="status">
          {of.kept ? <Trans>Enrolled. Signing on…</Trans> : <Trans>Enrolled, in another browser.</Trans>}
        </p>
      );
    case 'refused':
      return (
        <p role="alert" className="note note--bad">
          <Trans>The registrar refused this key. Ask for another invitation.</Trans>
        </p>
      );
    case 'expired':
      return (
        <p role="alert" className="note note--bad">
          <Trans>This invitation has run out. Ask the registrar for another.</Trans>
        </p>
      );
  }
}

function Fingerprint({ of }: { readonly of: string }) {
  return (
    <p className="fingerprint" dir="ltr" data-told="fingerprint">
      {of}
    </p>
  );
}

function Refused({ problem }: { readonly problem: Problem }) {
  return (
    <p className="note note--bad" role="alert">
      <Words of={{ text: problem.message, language: 'en' }} />{' '}
      {problem.rule && <Words of={{ text: problem.rule, language: 'en' }} />}
    </p>
  );
}
