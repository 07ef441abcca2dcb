// One case in a list: its reference, what it is about in a line, its state, and the clock that runs out first.

import { Trans } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import type { CaseView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { useNow } from '../../parts/Now';
import { Span } from '../../parts/Span';
import { Ref, Words } from '../../parts/Words';
import { currentOf } from '../line/pins';
import { Reference } from '../statement/Reference';
import { useKindTitle } from '../statement/useKindTitle';
import { subjectOf, urgentClock } from './cases';

export function CaseRow({ of }: { readonly of: CaseView }) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const kindTitle = useKindTitle();
  const nowMs = useNow();
  const item = currentOf(of);
  const subject = item && subjectOf(floor.kind(of.kind), item);
  const clock = urgentClock(of, nowMs);
  return (
    <span className="case-row" data-over={of.over || undefined}>
      <span className="case-row__head">
        <Reference>{of.reference}</Reference>
        <bdi className="chip">{titleIn(of.state_title, language)}</bdi>
        {!of.final && (
          <span className="case-row__soft">
            <Trans comment="place in the order">provisional</Trans>
          </span>
        )}
      </span>
      <span className="case-row__what">{subject ? <Words of={subject} /> : <bdi>{kindTitle(of.kind)}</bdi>}</span>
      {clock && (
        <span className={clock.missed ? 'case-row__clock case-row__clock--missed' : 'case-row__clock'}>
          <bdi>{titleIn(clock.title, language)}</bdi> <Ref>{clock.member}</Ref>{' '}
          {clock.missed ? (
            <Trans>
              missed by <Span ms={clock.spanMs} />
            </Trans>
          ) : (
            <Trans>
              <Span ms={clock.spanMs} /> left
            </Trans>
          )}
        </span>
      )}
    </span>
  );
}
