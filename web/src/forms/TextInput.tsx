// A text, in the direction of its language, with the node's flags as it is written: bare times, ambiguous dates, places
// without coordinates, ranges that turn round. A flag warns; it does not forbid.

import { Plural, Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useClient } from '../data/client';
import type { GuardFlag, PrecedenceName } from '../data/wire';
import { FACTS, LANGUAGES } from '../language/languages';
import { Warning } from '../parts/icons';
import { Words } from '../parts/Words';
import { GuardWords } from './GuardWords';
import { isTooLong, MAX_WORDS, wordCount } from './guarding';
import type { Bound } from './Labelled';
import { usePaused } from './usePaused';

interface Props {
  readonly bound: Bound;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly language: string;
  readonly precedence: PrecedenceName;
  readonly guarded: boolean;
}

export function TextInput({ bound, value, onChange, language, precedence, guarded }: Props) {
  const known = LANGUAGES.find((one) => one === language);
  return (
    <>
      <textarea
        {...bound}
        className="input input--text"
        dir={known ? FACTS[known].dir : 'auto'}
        lang={language}
        rows={4}
        maxLength={20_000}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {guarded && <Guard text={value} language={language} precedence={precedence} />}
    </>
  );
}

interface GuardProps {
  readonly text: string;
  readonly language: string;
  readonly precedence: PrecedenceName;
}

function Guard({ text, language, precedence }: GuardProps) {
  const client = useClient();
  const paused = usePaused(text.trim());
  const { data: flags } = useQuery({
    queryKey: ['guard', language, precedence, paused],
    queryFn: () => client.guard(paused, language, precedence),
    enabled: paused !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const words = wordCount(text);
  return (
    <div className="guard" role="status">
      {words > 0 && (
        <p className={isTooLong(text, precedence) ? 'note note--bad' : 'note'}>
          <Plural value={words} one="# word" other="# words" />
          {isTooLong(text, precedence) && (
            <>
              {' '}
              <Trans>of at most {MAX_WORDS} at this precedence</Trans>
            </>
          )}
        </p>
      )}
      {paused !== '' && flags?.map((flag) => <Flag key={`${flag.start} ${flag.code}`} of={flag} language={language} />)}
    </div>
  );
}

function Flag({ of, language }: { readonly of: GuardFlag; readonly language: string }) {
  return (
    <p className="guard__flag">
      <Warning />
      <span>
        {of.found && (
          <span className="guard__found">
            <Words of={{ text: of.found, language }} />
          </span>
        )}{' '}
        <GuardWords of={of} />
      </span>
    </p>
  );
}
