// The continuity sheet on demand: enough to go on with on paper, as PDF in a language. The node makes it; nothing is asked outside.

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import { useLineOpen } from '../../data/queries';
import { FACTS, LANGUAGES, type Language } from '../../language/languages';
import { Panel } from '../composer/Panel';
import { ProblemNote } from '../composer/Sending';

/** Long enough for a browser to have taken the file. */
const KEPT_MS = 60_000;

export function ContinuityPanel({ onClose }: { readonly onClose: () => void }) {
  const client = useClient();
  const lineOpen = useLineOpen();
  const [making, setMaking] = useState<Language | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (language: Language) => {
    setMaking(language);
    setProblem(null);
    try {
      save(await client.continuity(language), `continuity-${language}.pdf`);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setMaking(null);
    }
  };
  return (
    <Panel title={<Trans>Continuity sheet</Trans>} onClose={onClose}>
      <p>
        <Trans>
          Clocks, STOPs, contacts, who has the watch, the last day and the record's heads, to be printed. It is private
          to this member: keep it as you keep its contacts.
        </Trans>
      </p>
      <div className="saying__keys">
        {LANGUAGES.map((language) => (
          <Button
            key={language}
            className="key"
            data-language={language}
            isDisabled={making !== null || !lineOpen}
            onPress={() => void make(language)}
          >
            <bdi lang={language}>{FACTS[language].name}</bdi>
          </Button>
        ))}
      </div>
      <ProblemNote of={problem} />
      <p className="note">
        <Trans>The node also keeps one of each hour in its own directory.</Trans>
      </p>
    </Panel>
  );
}

function save(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
