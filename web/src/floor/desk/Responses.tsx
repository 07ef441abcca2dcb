// Who has answered a proposal, and how: every member that it concerns, the silent ones in words.

import { Trans, useLingui } from '@lingui/react/macro';
import type { ResponseView } from '../../data/wire';
import { Moment } from '../../parts/Moment';
import { Ref, Words } from '../../parts/Words';

export function Responses({ of }: { readonly of: readonly ResponseView[] }) {
  const { t } = useLingui();
  if (of.length === 0) return null;
  return (
    <ul className="responses" aria-label={t`Who has answered`}>
      {of.map((one) => (
        <li key={one.member} className="responses__one" data-answer={one.answer ?? 'none'} data-member={one.member}>
          <Ref>{one.member}</Ref>{' '}
          <strong className="responses__answer">
            <AnswerWord of={one.answer} />
          </strong>
          {one.reason !== null && <Words of={{ text: one.reason, language: '' }} />}
          {one.reference !== null && one.at_ms !== null && (
            <span className="responses__by">
              <Ref>{one.reference}</Ref> <Moment atMs={one.at_ms} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

export function AnswerWord({ of }: { readonly of: ResponseView['answer'] }) {
  switch (of) {
    case null:
      return <Trans>no answer yet</Trans>;
    case 'proposes':
      return <Trans>proposes it</Trans>;
    case 'confirmed':
      return <Trans>confirmed</Trans>;
    case 'reserved':
      return <Trans>confirmed with reservation</Trans>;
    case 'declined':
      return <Trans>declined, because</Trans>;
    case 'denied':
      return <Trans>denies the proposal</Trans>;
  }
}
