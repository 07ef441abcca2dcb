// Search: one field for words in any language or a reference, what narrows it, and what was found as cards. Everything by
// keyboard: `/` comes here, Enter looks, Tab goes through what was found.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useConventions } from '../../forms/ConventionsProvider';
import { useLanguage } from '../../language/LanguageProvider';
import { Empty, Loading } from '../../parts/States';
import { Ref } from '../../parts/Words';
import { ProblemNote } from '../composer/Sending';
import { HitCard } from './HitCard';
import { MisheardWord } from './MisheardWord';
import { Narrowing } from './Narrowing';
import './search.css';
import { blankSearch, narrowing, readSearch, type SearchForm } from './search';
import { type Finding, useFound } from './useFound';

export const SEARCH_FIELD = 'search-text';
const KEY = ['search', 'form'] as const;

export function SearchDesk() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { conventions } = useConventions();
  const queries = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [form, setForm] = useState<SearchForm>(
    () => queries.getQueryData<SearchForm>(KEY) ?? blankSearch(conventions, Date.now()),
  );
  const [narrow, setNarrow] = useState(() => narrowing(form) > 0);
  const finding = useFound();
  const { query, faults } = readSearch(form, language);
  useEffect(() => field.current?.focus(), []);
  const onForm = (next: SearchForm) => {
    queries.setQueryDefaults(KEY, { gcTime: Number.POSITIVE_INFINITY });
    queries.setQueryData(KEY, next);
    setForm(next);
  };
  const onFind = (event: FormEvent) => {
    event.preventDefault();
    if (query) finding.find(query);
  };
  return (
    <div className="search">
      <search>
        <form className="search__form" onSubmit={onFind}>
          <div className="search__ask">
            <input
              id={SEARCH_FIELD}
              ref={field}
              className="input search__text"
              dir="auto"
              type="search"
              maxLength={400}
              aria-label={t`Words, a phrase in quotes, or a reference`}
              placeholder={t`Words, a phrase in quotes, or a reference`}
              value={form.text}
              onChange={({ target }) => onForm({ ...form, text: target.value })}
            />
            <Button className="key key--first" type="submit" isDisabled={query === null}>
              <Trans>Find</Trans>
            </Button>
            <Button className="key" aria-expanded={narrow} onPress={() => setNarrow(!narrow)}>
              <Trans>Narrow</Trans>
              {narrowing(form) > 0 && <span className="search__count">{narrowing(form)}</span>}
            </Button>
          </div>
          {narrow && <Narrowing form={form} faults={faults} onForm={onForm} />}
        </form>
      </search>
      <Results of={finding} />
    </div>
  );
}

function Results({ of }: { readonly of: Finding }) {
  const { t } = useLingui();
  const { found, asking, problem } = of;
  const page = found?.page;
  const named = page?.named ?? null;
  const hits = page ? [...(named?.hit ? [named.hit] : []), ...page.hits] : [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section className="search__found" aria-label={t`What was found`} aria-busy={asking} tabIndex={0}>
      {problem && <ProblemNote of={problem} />}
      {asking && !page && <Loading />}
      <div role="status">
        {named?.misheard && (
          <p className="banner banner--bad">
            <span>
              <MisheardWord of={named} />
            </span>
          </p>
        )}
        {named && !named.misheard && !named.hit && (
          <p className="note">
            <Trans>
              No statement at <Ref>{`${named.reference}-${named.letter}`}</Ref> is held here.
            </Trans>
          </p>
        )}
        {page && !named?.misheard && hits.length > 0 && (
          <p className="search__sum">
            {page.next === null ? (
              <Plural value={hits.length} one="# found" other="# found" />
            ) : (
              <Plural value={hits.length} one="# found so far" other="# found so far" />
            )}
          </p>
        )}
      </div>
      {page && hits.length === 0 && !named && (
        <Empty title={<Trans>Nothing found</Trans>}>
          <Trans>Every word must be in the statement; the last one may be the beginning of a longer one.</Trans>
        </Empty>
      )}
      {!page && !asking && !problem && (
        <Empty title={<Trans>Everything that this member may see</Trans>}>
          <Trans>In Arabic, Hebrew and English; a phrase of the phrasebook is found by its words in any of them.</Trans>
        </Empty>
      )}
      <ol className="hits">
        {hits.map((hit) => (
          <li key={hit.reference}>
            <HitCard of={hit} />
          </li>
        ))}
      </ol>
      {page?.next && (
        <Button className="key" isDisabled={asking} onPress={of.more}>
          <Trans>More</Trans>
        </Button>
      )}
      {page !== undefined && page.behind > 0 && (
        <p className="note">
          <Plural
            value={page.behind}
            one="# entry is held and cannot be found yet."
            other="# entries are held and cannot be found yet."
          />
        </p>
      )}
    </section>
  );
}
