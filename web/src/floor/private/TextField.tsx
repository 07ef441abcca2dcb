// A text of one's own and the language it is written in.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Labelled } from '../../forms/Labelled';
import type { Fault } from '../../forms/read';
import { Select } from '../../forms/Select';
import { FACTS, LANGUAGES } from '../../language/languages';

/** What the node takes, in letters. */
const MAX_CHARS = 4_000;

interface Props {
  readonly title: ReactNode;
  readonly name: string;
  readonly text: string;
  readonly language: string;
  readonly onText: (text: string) => void;
  readonly onLanguage: (language: string) => void;
  readonly required?: boolean;
}

export function TextField({ title, name, text, language, onText, onLanguage, required = false }: Props) {
  const known = LANGUAGES.find((one) => one === language);
  const others = known ? [] : [language];
  return (
    <>
      <Labelled title={title} name={name} required={required}>
        {(bound) => (
          <textarea
            {...bound}
            className="input input--text"
            dir={known ? FACTS[known].dir : 'auto'}
            lang={language}
            rows={3}
            maxLength={MAX_CHARS}
            value={text}
            onChange={({ target }) => onText(target.value)}
          />
        )}
      </Labelled>
      <Labelled title={<Trans>Language</Trans>} name="language" required>
        {(bound) => (
          <Select
            id={bound.id}
            value={language}
            options={[
              ...LANGUAGES.map((one) => ({ value: one, title: FACTS[one].name, lang: one })),
              ...others.map((one) => ({ value: one, title: one })),
            ]}
            onChange={onLanguage}
          />
        )}
      </Labelled>
    </>
  );
}

interface LineProps {
  readonly title: ReactNode;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
  readonly dir?: 'ltr' | 'auto';
  readonly note?: ReactNode;
  /** What is wrong with it; told once something is typed. */
  readonly fault?: Fault | null;
}

/** A line of text. */
export function LineField({
  title,
  name,
  value,
  onChange,
  required = false,
  dir = 'auto',
  note,
  fault = null,
}: LineProps) {
  return (
    <Labelled title={title} name={name} required={required} note={note} fault={value.trim() ? fault : null}>
      {(bound) => (
        <input
          {...bound}
          className="input"
          dir={dir}
          maxLength={400}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Labelled>
  );
}
