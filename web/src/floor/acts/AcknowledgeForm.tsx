// Acknowledge: the critical fields are entered again, in the receiver's own convention, without looking them over to be
// copied: they are compared by machine. Of a STOP, *taken* comes first and waits for nothing; what is not read back yet is read
// back after.

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useLineOpen } from '../../data/queries';
import type { ItemView, Json, Kind } from '../../data/wire';
import { areaIn } from '../../forms/area';
import { useConventions } from '../../forms/ConventionsProvider';
import { FieldInput } from '../../forms/FieldInput';
import { agree, blankReadBack, chosenCorner } from '../../forms/readBack';
import { Hand, Warning } from '../../parts/icons';
import type { Saying } from '../../say/saying';
import { ProblemNote } from '../composer/Sending';
import { useSaying } from '../composer/useSaying';
import { WillBeSigned } from '../composer/WillBeSigned';
import { criticalFields, readBackReader, saidIn } from './subject';

interface Props {
  readonly item: ItemView;
  readonly kind: Kind | null;
  readonly saying: Saying;
  readonly onDone: () => void;
}

export function AcknowledgeForm({ item, kind, saying: first, onDone }: Props) {
  const { conventions } = useConventions();
  const lineOpen = useLineOpen();
  const actsFirst = kind?.acts_first === true;
  const [opened] = useState(() => {
    const fields = criticalFields(kind, item);
    const nowMs = Date.now();
    const blank = fields.map((field) => {
      const entry = blankReadBack(field, saidIn(item, field.name), item.digest, conventions, nowMs);
      return [field.name, entry] as const;
    });
    return { fields, entries: Object.fromEntries(blank), read: readBackReader(fields, item, actsFirst) };
  });
  const said = useSaying({ first, firstEntries: opened.entries, read: opened.read });
  const readBack = (said.content['read_back'] ?? {}) as Readonly<Record<string, Json>>;
  const wrong = opened.fields.filter(
    (field) =>
      readBack[field.name] !== undefined && !agree(field.kind, saidIn(item, field.name), readBack[field.name] ?? null),
  );
  const onSend = async () => {
    if (await said.say()) onDone();
  };
  return (
    <div className="saying">
      <div className="saying__form">
        {actsFirst && <Taking onSend={() => void onSend()} disabled={said.sending || !lineOpen} />}
        {opened.fields.length > 0 && (
          <p className="note">
            <Trans>Read back in your own words of place, time and height; the two are compared by machine.</Trans>
          </p>
        )}
        <div className="fields">
          {opened.fields.map((field) => (
            <FieldInput
              key={field.name}
              field={{ ...field, required: true }}
              entry={said.entries[field.name] ?? { kind: 'text', text: '' }}
              fault={said.shownFaults[field.name] ?? null}
              onChange={(entry) => said.setEntries({ ...said.entries, [field.name]: entry })}
              language=""
              precedence={first.precedence}
              kind={item.kind}
              {...(field.kind === 'area' ? { onlyCorner: cornerOf(saidIn(item, field.name), item.digest) } : {})}
            />
          ))}
        </div>
        {wrong.length > 0 && <Otherwise actsFirst={actsFirst} />}
        <ProblemNote of={said.problem} />
        {!actsFirst && (
          <div className="saying__keys">
            <Button className="key key--first" isDisabled={said.sending || !lineOpen} onPress={() => void onSend()}>
              {wrong.length > 0 ? <Trans>Sign as read back</Trans> : <Trans>Sign the acknowledgement</Trans>}
            </Button>
          </div>
        )}
        {actsFirst && opened.fields.length > 0 && (
          <div className="saying__keys">
            <Button className="key" isDisabled={said.sending || !lineOpen} onPress={() => void onSend()}>
              <Trans>Taken, with what is read back here</Trans>
            </Button>
          </div>
        )}
      </div>
      <WillBeSigned of={said.prepared} kind={kind} />
    </div>
  );
}

function Taking({ onSend, disabled }: { readonly onSend: () => void; readonly disabled: boolean }) {
  return (
    <div className="taking">
      <Button className="key key--stop" data-first isDisabled={disabled} onPress={onSend}>
        <Hand />
        <Trans>TAKEN: sign now</Trans>
      </Button>
      <p>
        <Trans>Pass it on at once. Reading back can follow; until then the wider of both areas holds.</Trans>
      </p>
    </div>
  );
}

function Otherwise({ actsFirst }: { readonly actsFirst: boolean }) {
  return (
    <p className="note note--bad" role="alert">
      <Warning />
      {actsFirst ? (
        <Trans>This is not what was said. Sent so, it is taken, and a clarification is opened.</Trans>
      ) : (
        <Trans>This is not what was said. Sent so, it opens a clarification and does not count as acknowledged.</Trans>
      )}
    </p>
  );
}

/** Of a polygon, the corner to read back; null where the whole shape is. */
function cornerOf(said: Json, digest: string): number | null {
  const area = areaIn(said);
  return area && 'polygon' in area ? chosenCorner(digest, area.polygon.length) : null;
}
