// Writing a statement that opens a case: how urgent, to whom, on which channel, under which of the officer's own mandates; then
// the fields of its kind. It can be kept as a draft, handed to another officer for review, or signed and sent.

import { Trans } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { SeatContext, useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { useLineOpen } from '../../data/queries';
import type { DraftView, EmergencyRuleView, JsonFields, Kind } from '../../data/wire';
import { useConventions } from '../../forms/ConventionsProvider';
import { FieldsForm } from '../../forms/FieldsForm';
import { isTooLong } from '../../forms/guarding';
import { useLanguage } from '../../language/LanguageProvider';
import { sayingOpening } from '../../say/about';
import type { Saying } from '../../say/saying';
import { writtenAs } from '../../say/standing';
import { WouldMeet } from '../deescalation/WouldMeet';
import { DraftKeys } from './DraftKeys';
import { firstEntries, sayingOfDraft } from './draft';
import { Heading } from './Heading';
import { Panel } from './Panel';
import { PleaForm, StandingNote } from './Plea';
import { ProblemNote } from './Sending';
import { useDraftKeeping } from './useDraftKeeping';
import { useKeptOnLeaving } from './useKeptOnLeaving';
import { formReader, useSaying } from './useSaying';
import { WillBeSigned } from './WillBeSigned';

interface Props {
  readonly kind: string;
  readonly draft: DraftView | null;
  /** What a new one opens with, and to whom it goes; null: to everybody it may. */
  readonly filled: JsonFields;
  readonly to: readonly string[] | null;
  readonly onClose: () => void;
}

export function ComposePanel({ kind: name, draft, filled, to, onClose }: Props) {
  const seat = useSeat();
  const { language } = useLanguage();
  const [emergency, setEmergency] = useState(false);
  const kind = seat.floor.kind(name);
  const written = useMemo(
    () => writtenAs(seat.floor, seat.session, name, emergency),
    [seat.floor, seat.session, name, emergency],
  );
  const { floor, session, standing, rule } = written;
  const opening = draft ? sayingOfDraft(floor, session, draft) : sayingOpening(floor, session, name, 'ROUTINE');
  const saying = opening && !draft ? { ...opening, content: filled, addressees: to ?? opening.addressees } : opening;
  const writing = useMemo(() => ({ ...seat, floor, session }), [seat, floor, session]);
  if (!kind) return null;
  return (
    <Panel title={<bdi>{titleIn(kind.title, language)}</bdi>} onClose={onClose}>
      {saying ? (
        <SeatContext.Provider value={writing}>
          {standing !== 'own' && (
            <StandingNote of={standing} kind={name} rule={rule} onEmergency={() => setEmergency(true)} />
          )}
          <Writing
            key={standing}
            kind={kind}
            first={saying}
            draft={draft}
            rule={standing === 'emergency' ? rule : null}
            maySend={standing !== 'to-hand-on'}
            onDone={onClose}
          />
        </SeatContext.Provider>
      ) : (
        <p className="note note--bad">
          <Trans>None of your mandates covers this.</Trans>
        </p>
      )}
    </Panel>
  );
}

interface WritingProps {
  readonly kind: Kind;
  readonly first: Saying;
  readonly draft: DraftView | null;
  /** The rule under which it is said in an authority's stead. */
  readonly rule: EmergencyRuleView | null;
  readonly maySend: boolean;
  readonly onDone: () => void;
}

function Writing({ kind, first, draft, rule, maySend, onDone }: WritingProps) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const { conventions } = useConventions();
  const lineOpen = useLineOpen();
  const [opened] = useState(() => ({
    entries: firstEntries(floor, kind.fields, first.content, conventions, language, Date.now()),
    read: formReader(kind.fields, kind.one_of),
  }));
  const said = useSaying({ first, firstEntries: opened.entries, read: opened.read });
  const keeping = useDraftKeeping(draft);
  const { saying } = said;
  useKeptOnLeaving(saying, first, draft);
  const text = saying.content['text'];
  const tooLong = typeof text === 'string' && isTooLong(text, saying.precedence);
  const phraseFirst = saying.precedence === 'FLASH' && kind.fields.some((field) => field.kind === 'phrase');

  const onSend = async () => {
    const recorded = await said.say();
    if (!recorded) return;
    await keeping.sent(saying, recorded.reference);
    onDone();
  };
  return (
    <div className="saying">
      <div className="saying__form">
        {rule && (
          <PleaForm
            rule={rule}
            issuedAtMs={said.issuedAtMs}
            onPlea={(marking) => said.setSaying({ ...saying, marking })}
          />
        )}
        <Heading saying={saying} onChange={said.setSaying} />
        <FieldsForm
          key={phraseFirst ? 'phrase' : 'text'}
          kind={kind.name}
          fields={kind.fields}
          oneOf={kind.one_of}
          entries={said.entries}
          onChange={said.setEntries}
          faults={said.shownFaults}
          precedence={saying.precedence}
          open={phraseFirst ? ['phrase'] : Object.keys(first.content)}
        />
        <WouldMeet
          kind={kind.name}
          content={saying.content}
          besides={null}
          onName={(versions) =>
            said.setEntries({ ...said.entries, overlaps: { kind: 'text', text: versions.join(', ') } })
          }
        />
        <ProblemNote of={said.problem ?? keeping.problem} />
        <div className="saying__keys">
          {maySend && (
            <Button
              className={saying.precedence === 'FLASH' ? 'key key--danger' : 'key key--first'}
              isDisabled={said.sending || tooLong || !lineOpen || (rule !== null && !saying.marking)}
              onPress={() => void onSend()}
            >
              {said.sending ? <Trans>Sending…</Trans> : <Trans>Sign and send</Trans>}
            </Button>
          )}
          <DraftKeys keeping={keeping} saying={saying} onKept={onDone} />
        </div>
      </div>
      <WillBeSigned of={said.prepared} kind={kind} />
    </div>
  );
}
