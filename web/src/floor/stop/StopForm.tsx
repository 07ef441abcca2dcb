// The STOP call: which activity, where, until when; heights and words where there is time for them. It is signed and sent at
// once, as FLASH, to every member on the channel, and clarified afterwards.

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import type { Field, JsonFields } from '../../data/wire';
import { useConventions } from '../../forms/ConventionsProvider';
import { FieldsForm } from '../../forms/FieldsForm';
import { useLanguage } from '../../language/LanguageProvider';
import { Hand } from '../../parts/icons';
import { Ref } from '../../parts/Words';
import type { Saying } from '../../say/saying';
import { firstEntries } from '../composer/draft';
import { ProblemNote } from '../composer/Sending';
import { formReader, useSaying } from '../composer/useSaying';
import { FIRST_FIELDS, firstStop } from './firstStop';

interface Props {
  readonly saying: Saying;
  readonly onDone: () => void;
}

const NO_FIELDS: readonly Field[] = [];

export function StopForm({ saying: first, onDone }: Props) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const { conventions } = useConventions();
  const kind = floor.kind('stop');
  const fields = kind?.fields ?? NO_FIELDS;
  const [opened] = useState(() => {
    const nowMs = Date.now();
    const filled: JsonFields = firstStop(nowMs);
    return {
      entries: firstEntries(floor, fields, filled, conventions, language, nowMs),
      read: formReader(fields, kind?.one_of ?? []),
    };
  });
  const said = useSaying({ first, firstEntries: opened.entries, read: opened.read });
  const onSend = async () => {
    if (await said.say()) onDone();
  };
  return (
    <div className="stopform">
      <p>
        <Trans>STOP asks to cease an activity now. It acts first and is clarified afterwards. It goes to</Trans>{' '}
        {first.addressees.map((code) => (
          <Ref key={code}>{code}</Ref>
        ))}
      </p>
      <FieldsForm
        kind="stop"
        fields={[...fields].sort(inStopOrder)}
        oneOf={kind?.one_of ?? []}
        entries={said.entries}
        onChange={said.setEntries}
        faults={said.shownFaults}
        precedence={first.precedence}
      />
      <ProblemNote of={said.problem} />
      <div className="saying__keys">
        <Button className="key key--stop" isDisabled={said.sending} onPress={() => void onSend()}>
          <Hand />
          {said.sending ? <Trans>Sending…</Trans> : <Trans>Send STOP now</Trans>}
        </Button>
        <Button className="key" onPress={onDone}>
          <Trans>Do not send</Trans>
        </Button>
      </div>
    </div>
  );
}

function inStopOrder(left: Field, right: Field): number {
  const place = (field: Field) =>
    (FIRST_FIELDS.indexOf(field.name) + FIRST_FIELDS.length + 1) % (FIRST_FIELDS.length + 1);
  return place(left) - place(right);
}
