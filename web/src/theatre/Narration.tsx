// What happened and why it matters, newest first.

import { Trans, useLingui } from '@lingui/react/macro';
import { useLanguage } from '../language/LanguageProvider';
import { Moment } from '../parts/Moment';
import type { ToldState } from './state';

export function Narration({ of }: { readonly of: readonly ToldState[] }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const newest = of.at(-1);
  return (
    <section className="told" aria-label={t`What happens, and why it matters`}>
      <div className="told__head" aria-hidden="true">
        <h2>
          <Trans>What happens</Trans>
        </h2>
        <h2>
          <Trans>Why it matters</Trans>
        </h2>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <ol className="told__list" tabIndex={0} aria-label={t`What happens, and why it matters`}>
        {of.toReversed().map((one) => (
          <li key={`${one.at_ms} ${one.event}`} className="told__one" data-event={one.event}>
            <Moment atMs={one.at_ms} seconds />
            <p className="told__what">{one.text[language] ?? one.text['en']}</p>
            <p className="told__why">{one.why[language] ?? one.why['en']}</p>
          </li>
        ))}
      </ol>
      <p className="unseen" role="status">
        {newest && newest.event !== 'traffic' ? (newest.text[language] ?? newest.text['en']) : ''}
      </p>
    </section>
  );
}
