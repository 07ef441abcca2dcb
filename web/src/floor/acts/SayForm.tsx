// A form drawn from fields, what will be signed beside it, and one key that signs and sends.

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useLineOpen } from '../../data/queries';
import { useConventions } from '../../forms/ConventionsProvider';
import { FieldsForm } from '../../forms/FieldsForm';
import { useLanguage } from '../../language/LanguageProvider';
import type { Saying } from '../../say/saying';
import { firstEntries } from '../composer/draft';
import { ProblemNote } from '../composer/Sending';
import { formReader, useSaying } from '../composer/useSaying';
import { WillBeSigned } from '../composer/WillBeSigned';
import { WouldMeet } from '../deescalation/WouldMeet';
import type { ActForm } from './actForm';

interface Props extends ActForm {
  readonly saying: Saying;
  readonly onDone: () => void;
}

export function SayForm({ saying: first, onDone, kind, fields, oneOf, fixed, filled, open }: Props) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const { conventions } = useConventions();
  const lineOpen = useLineOpen();
  const [opened] = useState(() => ({
    entries: firstEntries(floor, fields, filled, conventions, language, Date.now()),
    read: formReader(fields, oneOf, fixed),
  }));
  const said = useSaying({ first, firstEntries: opened.entries, read: opened.read });
  const onSend = async () => {
    if (await said.say()) onDone();
  };
  return (
    <div className="saying">
      <div className="saying__form">
        {fields.length > 0 && (
          <FieldsForm
            kind={first.kind}
            fields={fields}
            oneOf={oneOf}
            entries={said.entries}
            onChange={said.setEntries}
            faults={said.shownFaults}
            precedence={first.precedence}
            open={open}
          />
        )}
        <WouldMeet
          kind={kind?.name ?? first.kind}
          content={said.saying.content}
          besides={first.caseRef}
          onName={(versions) =>
            said.setEntries({ ...said.entries, overlaps: { kind: 'text', text: versions.join(', ') } })
          }
        />
        <ProblemNote of={said.problem} />
        <div className="saying__keys">
          <Button className="key key--first" isDisabled={said.sending || !lineOpen} onPress={() => void onSend()}>
            {said.sending ? <Trans>Sending…</Trans> : <Trans>Sign and send</Trans>}
          </Button>
        </div>
      </div>
      <WillBeSigned of={said.prepared} kind={kind} />
    </div>
  );
}
