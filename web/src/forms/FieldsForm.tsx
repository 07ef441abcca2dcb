// The fields of a kind as a form. Required fields and those chosen stand open; optional ones wait behind a key each, so that
// a form is no longer than it need be. Of a group of which one must be there, one is chosen.

import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { titleIn } from '../data/floor';
import type { Field, PrecedenceName } from '../data/wire';
import { useLanguage } from '../language/LanguageProvider';
import { useNow } from '../parts/Now';
import { useConventions } from './ConventionsProvider';
import { blankEntry, type Entries } from './entry';
import { FieldInput } from './FieldInput';
import type { Fault } from './read';

const ENTERED = 'input, textarea, select, button';

interface Props {
  readonly kind: string;
  readonly fields: readonly Field[];
  readonly oneOf: readonly (readonly string[])[];
  readonly entries: Entries;
  readonly onChange: (entries: Entries) => void;
  /** Shown once the officer has tried to go on. */
  readonly faults: Readonly<Record<string, Fault>>;
  readonly precedence: PrecedenceName;
  /** Fields that stand open at first, though optional. */
  readonly open?: readonly string[];
}

export function FieldsForm({ kind, fields, oneOf, entries, onChange, faults, precedence, open = [] }: Props) {
  const { t } = useLingui();
  const { language: ui } = useLanguage();
  const { conventions } = useConventions();
  const nowMs = useNow();
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(open));
  const [entered, setEntered] = useState<string | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const language = languageOf(entries) || ui;

  // The key that opens a field goes away as it is pressed: whoever works by keyboard goes on in the field.
  useEffect(() => {
    if (entered === null) return;
    form.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(entered)}"] :is(${ENTERED})`)?.focus();
  }, [entered]);

  const blank = (field: Field) => blankEntry(field, conventions, nowMs);
  const grouped = new Map(oneOf.flatMap((group) => group.map((name) => [name, group] as const)));
  const choiceOf = (group: readonly string[]) =>
    chosen[group.join()] ?? group.find((name) => opened.has(name)) ?? group[0] ?? '';
  const choose = (group: readonly string[], name: string) => {
    setChosen({ ...chosen, [group.join()]: name });
    const others = fields.filter((field) => group.includes(field.name) && field.name !== name);
    onChange({ ...entries, ...Object.fromEntries(others.map((field) => [field.name, blank(field)])) });
  };
  const withText = fields.some((field) => field.kind === 'text' && isShown(field));

  function isShown(field: Field): boolean {
    const group = grouped.get(field.name);
    if (group) return choiceOf(group) === field.name;
    return field.required || opened.has(field.name) || field.name in faults;
  }

  const waiting = fields.filter((field) => !isShown(field) && !grouped.has(field.name) && field.kind !== 'language');
  return (
    <div className="fields" ref={form}>
      {oneOf.map((group) => (
        <fieldset className="tabs" aria-label={t`One of these`} key={group.join()}>
          {group.map((name) => {
            const field = fields.find((one) => one.name === name);
            return (
              field && (
                <Button
                  key={name}
                  className="tab"
                  data-chooses={name}
                  aria-pressed={choiceOf(group) === name}
                  onPress={() => choose(group, name)}
                >
                  {titleIn(field.title, ui)}
                </Button>
              )
            );
          })}
        </fieldset>
      ))}
      {fields
        .filter((field) => (field.kind === 'language' ? withText || field.required : isShown(field)))
        .map((field) => (
          <FieldInput
            key={field.name}
            field={grouped.has(field.name) || field.kind === 'language' ? { ...field, required: true } : field}
            entry={entries[field.name] ?? blank(field)}
            fault={faults[field.name] ?? null}
            onChange={(entry) => onChange({ ...entries, [field.name]: entry })}
            language={language}
            precedence={precedence}
            kind={kind}
          />
        ))}
      {waiting.length > 0 && (
        <div className="fields__more">
          <span>
            <Trans>Add</Trans>
          </span>
          {waiting.map((field) => (
            <Button
              className="key key--small"
              key={field.name}
              data-adds={field.name}
              onPress={() => {
                setOpened(new Set([...opened, field.name]));
                setEntered(field.name);
              }}
            >
              {titleIn(field.title, ui)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function languageOf(entries: Entries): string {
  const entry = entries['lang'];
  return entry?.kind === 'text' ? entry.text : '';
}
