// The log of the watch: what one officer wants the next to know. Entries are added, never changed; a correction is an entry.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { useLineOpen, useWatchLog } from '../../data/queries';
import { useLanguage } from '../../language/LanguageProvider';
import { Empty, InStanding } from '../../parts/States';
import { ProblemNote } from '../composer/Sending';
import { EntryRow } from './EntryRow';
import { referencesIn } from './entries';
import { LineField, TextField } from './TextField';
import { useKeeping } from './useKeeping';

export function LogTab() {
  const [before, setBefore] = useState<number | null>(null);
  const [corrects, setCorrects] = useState<number | null>(null);
  const standing = useWatchLog(before);
  return (
    <>
      <Adding key={corrects ?? 0} corrects={corrects} onDone={() => setCorrects(null)} />
      <InStanding
        standing={standing}
        isEmpty={(page) => page.entries.length === 0}
        empty={<Empty title={<Trans>Nothing is written yet</Trans>} />}
      >
        {(page) => (
          <>
            <ul className="private__rows">
              {page.entries.map((one) => (
                <EntryRow key={one.number} of={one}>
                  <Button className="key key--small" onPress={() => setCorrects(one.number)}>
                    <Trans>Correct</Trans>
                  </Button>
                </EntryRow>
              ))}
            </ul>
            <div className="saying__keys">
              {before !== null && (
                <Button className="key key--small" onPress={() => setBefore(null)}>
                  <Trans>Newest</Trans>
                </Button>
              )}
              {page.next !== null && (
                <Button className="key key--small" onPress={() => setBefore(page.next)}>
                  <Trans>Earlier</Trans>
                </Button>
              )}
            </div>
          </>
        )}
      </InStanding>
    </>
  );
}

function Adding({ corrects, onDone }: { readonly corrects: number | null; readonly onDone: () => void }) {
  const { t } = useLingui();
  const client = useClient();
  const lineOpen = useLineOpen();
  const { language: own } = useLanguage();
  const [text, setText] = useState('');
  const [language, setLanguage] = useState<string>(own);
  const [about, setAbout] = useState('');
  const keeping = useKeeping('log');
  const { floor } = useSeat();
  const references = referencesIn(about, floor.codes);
  const add = async () => {
    if (!references.ok) return;
    if (await keeping.keep(() => client.addToLog({ text, language, references: references.value, corrects }))) {
      setText('');
      setAbout('');
      onDone();
    }
  };
  return (
    <form
      className="private__form"
      aria-label={t`Add to the log`}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      {corrects !== null && (
        <p className="note">
          <Trans>
            Corrects entry <bdi dir="ltr">{corrects}</bdi>, which stays as it is.
          </Trans>{' '}
          <Button className="key key--small" onPress={onDone}>
            <Trans>Do not correct</Trans>
          </Button>
        </p>
      )}
      <TextField
        title={<Trans>Entry</Trans>}
        name="text"
        text={text}
        language={language}
        onText={setText}
        onLanguage={setLanguage}
        required
      />
      <LineField
        title={<Trans>About</Trans>}
        name="references"
        value={about}
        onChange={setAbout}
        dir="ltr"
        note={<Trans>references, parted by commas</Trans>}
        fault={references.ok ? null : references.fault}
      />
      <ProblemNote of={keeping.problem} />
      <div className="saying__keys">
        <Button
          type="submit"
          className="key key--first"
          isDisabled={keeping.busy || !lineOpen || text.trim() === '' || !references.ok}
        >
          <Trans>Add to the log</Trans>
        </Button>
      </div>
    </form>
  );
}
