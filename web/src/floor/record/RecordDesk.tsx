// The record: an entry by its reference, as people say it; or page by page, the latest first; or a proof file that came from
// elsewhere, verified here.

import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { useStanding } from '../../data/queries';
import type { EntryView } from '../../data/wire';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { InStanding } from '../../parts/States';
import { Ref } from '../../parts/Words';
import { ProofPage } from '../../proof/ProofPage';
import { isMisheard, type Typed, typedIn } from '../../record/references';
import { useOpening } from '../opening';
import { MisheardWord } from '../search/MisheardWord';
import { useKindTitle } from '../statement/useKindTitle';
import { EntryPage } from './EntryPage';
import './record.css';

export default function RecordDesk() {
  const { t } = useLingui();
  const { floor } = useSeat();
  const { entry, showEntry } = useOpening();
  const [asked, setAsked] = useState(entry ?? '');
  const [wrong, setWrong] = useState<Typed | 'none' | null>(null);
  const [fromFile, setFromFile] = useState(false);
  const onAsk = (event: FormEvent) => {
    event.preventDefault();
    const typed = typedIn(asked, floor.codes);
    const misheard = typed !== null && isMisheard(typed);
    setWrong(misheard ? typed : typed ? null : 'none');
    setFromFile(false);
    if (typed && !misheard) showEntry(typed.reference);
  };
  return (
    <div className="record">
      <search className="no-print">
        <form className="record__ask" onSubmit={onAsk}>
          <input
            className="input input--grid"
            dir="ltr"
            aria-label={t`Reference`}
            aria-invalid={wrong !== null}
            placeholder="AAA 42"
            value={asked}
            onChange={({ target }) => setAsked(target.value)}
          />
          <Button className="key key--first" type="submit">
            <Trans>Show</Trans>
          </Button>
          <Button className="key" onPress={() => setFromFile(true)}>
            <Trans>Verify a file</Trans>
          </Button>
          {wrong && (
            <p className="note note--bad" role="alert">
              {wrong === 'none' ? <Trans>a reference such as AAA 42</Trans> : <MisheardWord of={wrong} />}
            </p>
          )}
        </form>
      </search>
      <div className="record__body">
        {fromFile ? <ProofPage /> : entry ? <EntryPage reference={entry} /> : <Pages onShow={showEntry} />}
      </div>
    </div>
  );
}

function Pages({ onShow }: { readonly onShow: (reference: string) => void }) {
  const client = useClient();
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const cursor = cursors.at(-1) ?? null;
  const page = useStanding(useQuery({ queryKey: ['record', 'page', cursor ?? ''], queryFn: () => client.log(cursor) }));
  return (
    <InStanding standing={page}>
      {({ entries, next }) => (
        <>
          <ol className="entries" reversed>
            {entries.toReversed().map((one) => (
              <Line key={one.reference} of={one} onShow={() => onShow(one.reference)} />
            ))}
          </ol>
          <div className="saying__keys">
            {cursors.length > 1 && (
              <Button className="key" onPress={() => setCursors(cursors.slice(0, -1))}>
                <Trans>Later</Trans>
              </Button>
            )}
            {next !== null && (
              <Button className="key" onPress={() => setCursors([...cursors, next])}>
                <Trans>Earlier</Trans>
              </Button>
            )}
          </div>
        </>
      )}
    </InStanding>
  );
}

function Line({ of, onShow }: { readonly of: EntryView; readonly onShow: () => void }) {
  const kindTitle = useKindTitle();
  return (
    <li>
      <Button className="entries__line" onPress={onShow}>
        <Ref>{of.reference}</Ref>
        {of.precedence ? <PrecedenceMark of={of.precedence} /> : <span />}
        <span>
          <bdi>{of.kind ? kindTitle(of.kind) : '·'}</bdi>
        </span>
        <span>{of.author && <Ref>{of.author}</Ref>}</span>
        <Moment atMs={of.at_ms} date />
      </Button>
    </li>
  );
}
