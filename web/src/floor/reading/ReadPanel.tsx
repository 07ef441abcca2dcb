// Reading a statement aloud: what to say, in which order, in the language of whoever reads; the words that both ends compare; and
// a key that begins the record of the call.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useReading } from '../../data/queries';
import type { ItemView, LineView, ReadingView } from '../../data/wire';
import { Select } from '../../forms/Select';
import { useLanguage } from '../../language/LanguageProvider';
import { FACTS, LANGUAGES } from '../../language/languages';
import { Failed, Loading, Offline } from '../../parts/States';
import { placed } from '../../parts/texts';
import { Passage } from '../../parts/Words';
import { maySay } from '../../say/rights';
import { Panel } from '../composer/Panel';
import { useOpening } from '../opening';
import { callBegun } from './call';
import './reading.css';

interface Props {
  readonly item: ItemView;
  readonly onClose: () => void;
}

export function ReadPanel({ item, onClose }: Props) {
  const { t } = useLingui();
  const [language, setLanguage] = useState<string>(useLanguage().language);
  const standing = useReading(item.reference, language);
  return (
    <Panel title={<Trans>Read aloud</Trans>} onClose={onClose}>
      <div className="inline">
        <Select
          label={t`Language in which it is read`}
          value={language}
          options={LANGUAGES.map((one) => ({ value: one, title: FACTS[one].name, lang: one }))}
          onChange={setLanguage}
        />
        <CallKey item={item} />
      </div>
      {standing.state === 'loading' && <Loading />}
      {standing.state === 'error' && <Failed fault={standing} />}
      {standing.state === 'offline' && !standing.value && <Offline />}
      {'value' in standing && standing.value && <Card of={standing.value} />}
    </Panel>
  );
}

function Card({ of }: { readonly of: ReadingView }) {
  const known = LANGUAGES.find((one) => one === of.language) ?? 'en';
  return (
    <div className="reading" lang={of.language} dir={FACTS[known].dir}>
      <dl className="reading__lines">
        {of.lines.map((line) => (
          <Line key={line.name} of={line} />
        ))}
      </dl>
      {of.text && <Passage of={{ text: of.text, language: of.text_language }} />}
    </div>
  );
}

function Line({ of }: { readonly of: LineView }) {
  return (
    <div className={of.name === 'check' ? 'reading__line reading__line--check' : 'reading__line'} data-line={of.name}>
      <dt>
        <bdi>{of.title}</bdi>
        {of.critical && (
          <span className="field__mark field__mark--critical">
            <Trans>is read back</Trans>
          </span>
        )}
      </dt>
      <dd>
        {placed(of.parts.map((part) => ({ ...part, text: part.written }))).map(({ part, at }) => (
          <span className="reading__part" key={at}>
            <bdi className="reading__spoken">{part.spoken}</bdi>
            {part.written !== part.spoken && <bdi className="reading__written">{part.written}</bdi>}
          </span>
        ))}
      </dd>
    </div>
  );
}

/** Begins the record of the call, with what was read in it. */
function CallKey({ item }: { readonly item: ItemView }) {
  const { floor, session } = useSeat();
  const { open, aloud } = useOpening();
  if (!maySay(floor, session, 'call')) return null;
  const onPress = () => {
    const begun = callBegun(item, floor.me, aloud, Date.now());
    open({ what: 'compose', desk: 'watch', kind: 'call', draft: null, ...begun });
  };
  return (
    <Button className="key" data-call onPress={onPress}>
      <Trans>Record the call</Trans>
    </Button>
  );
}
