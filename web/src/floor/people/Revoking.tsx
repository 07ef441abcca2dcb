// The key of an officer ends: what it signed before stands, what it signs from then on is void at every member.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import type { OfficersView, OfficerView } from '../../data/wire';
import { Ref } from '../../parts/Words';
import { revocation } from '../../say/registering';
import { ProblemNote } from '../composer/Sending';
import { useSigning } from './useSigning';

const MAX_REASON_CHARS = 400;

interface Props {
  readonly officer: OfficerView;
  readonly view: OfficersView;
  readonly onBack: () => void;
}

export function Revoking({ officer, view, onBack }: Props) {
  const { t } = useLingui();
  const { session, floor } = useSeat();
  const signing = useSigning();
  const [reason, setReason] = useState('');
  const given = reason.trim();
  const revoke = async () => {
    const done = await signing.sign((chance) => revocation(officer, given, view, session, floor, chance));
    if (done) onBack();
  };
  return (
    <div className="revoking">
      <p>
        <Trans>
          The key of <Ref>{officer.position}</Ref> ends at once, and that officer is signed off everywhere. What it
          signed before stands. Every member reads the reason.
        </Trans>
      </p>
      <label className="field">
        <span className="field__title">
          <Trans>Reason</Trans>
        </span>
        <input
          className="input"
          dir="auto"
          maxLength={MAX_REASON_CHARS}
          aria-label={t`Reason`}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <ProblemNote of={signing.problem} />
      <div className="officers__keys">
        <Button
          className="key key--danger"
          data-do="end"
          isDisabled={signing.busy || given === ''}
          onPress={() => void revoke()}
        >
          <Trans>Revoke this key</Trans>
        </Button>
        <Button className="key" onPress={onBack}>
          <Trans>Back to the officers</Trans>
        </Button>
      </div>
    </div>
  );
}
