// Where none of the officer's mandates covers what is written: it is handed on to whoever may sign it, or, where that authority
// cannot be reached and the charter allows it, said in its stead, with a plea that every member reads.

import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import type { EmergencyRuleView } from '../../data/wire';
import { Labelled } from '../../forms/Labelled';
import { Warning } from '../../parts/icons';
import { Span } from '../../parts/Span';
import { pleading, REASON_CHARS, type Standing } from '../../say/standing';

interface NoteProps {
  readonly of: Standing;
  readonly kind: string;
  readonly rule: EmergencyRuleView | null;
  readonly onEmergency: () => void;
}

export function StandingNote({ of, kind, rule, onEmergency }: NoteProps) {
  const { floor } = useSeat();
  const titles = (names: readonly string[]) =>
    names.map((name) => floor.view.mandates.find((one) => one.name === name)?.title ?? name).join(', ');
  if (of === 'emergency' && rule) {
    return (
      <p className="banner banner--bad" role="status">
        <Warning />
        <span>
          <Trans>
            You say this in the stead of <bdi>{titles(rule.authority)}</bdi>. Every screen will show that, and why,
            until the authority confirms or withdraws it within <Span ms={rule.confirm_ms} />.
          </Trans>
        </span>
      </p>
    );
  }
  return (
    <div className="banner banner--wait" data-standing={of}>
      <Warning />
      <span>
        <Trans>
          Only <bdi>{titles(floor.rule(kind)?.mandates ?? [])}</bdi> may sign this. Write it and hand it on; they sign
          it at their own terminal.
        </Trans>{' '}
        {rule && (
          <Button className="key key--small" data-do="emergency" onPress={onEmergency}>
            <Trans>They cannot be reached…</Trans>
          </Button>
        )}
      </span>
    </div>
  );
}

interface FormProps {
  readonly rule: EmergencyRuleView;
  readonly issuedAtMs: number;
  /** The marking that is signed; '' while the plea is not whole. */
  readonly onPlea: (marking: string) => void;
}

export function PleaForm({ rule, issuedAtMs, onPlea }: FormProps) {
  const { t } = useLingui();
  const least = Math.ceil(rule.tried_ms / 60_000);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState('');
  const marking = pleading({ reason, minutes: Number(minutes || 'x') }, rule, issuedAtMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the plea changes, not when the form is drawn.
  useEffect(() => onPlea(marking), [marking]);
  return (
    <div className="fields">
      <Labelled
        name="plea-reason"
        title={t`Why it cannot wait`}
        required
        note={t`${REASON_CHARS.least} to ${REASON_CHARS.most} characters; every member reads it.`}
      >
        {(bound) => (
          <input
            {...bound}
            className="input"
            dir="auto"
            maxLength={REASON_CHARS.most}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Labelled>
      <Labelled
        name="plea-minutes"
        title={t`Minutes for which the authority was tried`}
        required
        note={t`At least ${least}.`}
      >
        {(bound) => (
          <input
            {...bound}
            className="input input--four"
            inputMode="numeric"
            dir="ltr"
            value={minutes}
            onChange={({ target }) => setMinutes(target.value.replace(/\D/g, '').slice(0, 4))}
          />
        )}
      </Labelled>
    </div>
  );
}
