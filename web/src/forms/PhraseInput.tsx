// The phrasebook: a category, a phrase, its slots; and how the phrase reads in every language of the mechanism, as the node
// renders it by rule. What is kept is the phrase's identifier and its slots, and nothing as long as a slot cannot be read.

import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../data/client';
import { titleIn } from '../data/floor';
import { usePhrasebook } from '../data/queries';
import { shown } from '../data/standing';
import type { Json, JsonFields, Phrase, Phrasebook, PhraseSlot, PrecedenceName } from '../data/wire';
import { useLanguage } from '../language/LanguageProvider';
import { FACTS, LANGUAGES } from '../language/languages';
import { useNow } from '../parts/Now';
import { Loading } from '../parts/States';
import { PhraseWords } from '../parts/Words';
import { useConventions } from './ConventionsProvider';
import { FieldInput } from './FieldInput';
import { Labelled } from './Labelled';
import { blankSlots, fieldOf, readSlots, type SlotEntries, type SlotEntry, slotsOf } from './phraseSlots';
import { Select } from './Select';

interface Props {
  readonly value: Json | null;
  readonly onChange: (value: Json | null) => void;
  readonly kind: string;
  readonly precedence: PrecedenceName;
}

export function PhraseInput(props: Props) {
  const book = shown(usePhrasebook());
  return book ? <Phrases {...props} book={book} /> : <Loading />;
}

function Phrases({ value, onChange, kind, precedence, book }: Props & { readonly book: Phrasebook }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { conventions } = useConventions();
  const nowMs = useNow();
  const fitting = book.phrases.filter((phrase) => phrase.kinds.includes(kind));
  const categories = book.categories.filter(({ id }) => fitting.some((phrase) => phrase.category === id));
  const [category, setCategory] = useState(categories[0]?.id ?? '');
  const [phrase, setPhrase] = useState<Phrase | null>(() => fitting.find((one) => one.id === idIn(value)) ?? null);
  const [entries, setEntries] = useState<SlotEntries>({});

  const choose = (id: string) => {
    const chosen = fitting.find((one) => one.id === id) ?? null;
    setPhrase(chosen);
    setEntries(chosen ? blankSlots(chosen, book, conventions, nowMs) : {});
    onChange(null);
  };
  const fill = (name: string, entry: SlotEntry) => {
    if (!phrase) return;
    const next = { ...entries, [name]: entry };
    setEntries(next);
    const { slots } = readSlots(phrase, book, next);
    onChange(slots && { id: phrase.id, slots });
  };

  return (
    <div className="stack">
      <div className="inline">
        <Select
          label={t`Sort of phrase`}
          value={category}
          options={categories.map((one) => ({ value: one.id, title: titleIn(one.titles, language) }))}
          onChange={(id) => {
            setCategory(id);
            choose('');
          }}
        />
        <Select
          label={t`Phrase`}
          value={phrase?.id ?? ''}
          options={[
            { value: '', title: t`choose a phrase…` },
            ...fitting
              .filter((one) => one.category === category)
              .map((one) => ({ value: one.id, title: titleIn(one.titles, language) })),
          ]}
          onChange={choose}
        />
      </div>
      {phrase && (
        <>
          <p className="phrase__outline" lang={language}>
            {titleIn(phrase.outlines, language)}
          </p>
          <div className="fields">
            {slotsOf(phrase, book).map(([name, slot]) => (
              <Slot
                key={name}
                name={name}
                slot={slot}
                book={book}
                value={entries[name] ?? { entry: { kind: 'text', text: '' }, code: '' }}
                onChange={(entry) => fill(name, entry)}
                kind={kind}
                precedence={precedence}
              />
            ))}
          </div>
          <Rendered id={phrase.id} slots={slotsIn(value)} />
        </>
      )}
    </div>
  );
}

interface SlotProps {
  readonly name: string;
  readonly slot: PhraseSlot;
  readonly book: Phrasebook;
  readonly value: SlotEntry;
  readonly onChange: (entry: SlotEntry) => void;
  readonly kind: string;
  readonly precedence: PrecedenceName;
}

function Slot({ name, slot, book, value, onChange, kind, precedence }: SlotProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const codes = slot.kind === 'objects' ? (book.enumerations[slot.enumeration ?? ''] ?? []) : [];
  return (
    <>
      <FieldInput
        field={fieldOf(name, slot, book)}
        entry={value.entry}
        fault={null}
        onChange={(entry) => onChange({ ...value, entry })}
        language={language}
        kind={kind}
        precedence={precedence}
      />
      {slot.kind === 'objects' && (
        <Labelled title={t`Of which sort`} required>
          {(bound) => (
            <Select
              id={bound.id}
              value={value.code}
              options={[
                { value: '', title: t`choose…` },
                ...codes.map(({ code, labels }) => ({ value: code, title: titleIn(labels, language) })),
              ]}
              onChange={(code) => onChange({ ...value, code })}
            />
          )}
        </Labelled>
      )}
      {slot.kind === 'place' && (
        <Labelled title={t`Code name of the place`}>
          {(bound) => (
            <input
              {...bound}
              className="input"
              dir="ltr"
              maxLength={12}
              value={value.code}
              onChange={({ target }) => onChange({ ...value, code: target.value })}
            />
          )}
        </Labelled>
      )}
    </>
  );
}

/** The phrase in every language, as both sides will read it. */
function Rendered({ id, slots }: { readonly id: string; readonly slots: JsonFields | null }) {
  const client = useClient();
  const key = JSON.stringify(slots);
  const { data, error } = useQuery({
    queryKey: ['phrase', id, key],
    queryFn: () => client.phrase(id, slots ?? {}),
    enabled: slots !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!slots) {
    return (
      <p className="note">
        <Trans>Fill in every blank: the phrase then reads the same in every language.</Trans>
      </p>
    );
  }
  return (
    <div className="renderings" aria-live="polite">
      {error && <p className="note note--bad">{error.message}</p>}
      {LANGUAGES.map((tag) => {
        const rendering = data?.[tag];
        return rendering ? (
          <div className="renderings__one" key={tag}>
            <span className="renderings__language" lang={tag}>
              {FACTS[tag].name}
            </span>
            <PhraseWords of={{ language: tag, rendering }} />
          </div>
        ) : null;
      })}
    </div>
  );
}

const fieldsIn = (value: Json | null): JsonFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonFields) : {};

function idIn(value: Json | null): string | null {
  const { id } = fieldsIn(value);
  return typeof id === 'string' ? id : null;
}

function slotsIn(value: Json | null): JsonFields | null {
  const { slots } = fieldsIn(value);
  return slots === undefined ? null : fieldsIn(slots);
}
