// One case whole: the states it has come through, the clocks that run, and everything said in it, oldest first.

import { Trans, useLingui } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { useCase } from '../../data/queries';
import type { CaseView, Procedure } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Onward } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { InStanding } from '../../parts/States';
import { Ref } from '../../parts/Words';
import { ShownMark } from '../shown/ShownMark';
import { StatementCard } from '../statement/StatementCard';
import { aroundIn } from './around';
import { told } from './cases';
import { Responses } from './Responses';

interface Props {
  readonly reference: string;
  readonly folded: boolean;
}

export function CasePage({ reference, folded }: Props) {
  const { t } = useLingui();
  const standing = useCase(reference);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section className="case" aria-label={t`Case ${reference}`} tabIndex={0}>
      <InStanding standing={standing}>{(whole) => <Whole of={whole} folded={folded} />}</InStanding>
    </section>
  );
}

function Whole({ of, folded }: { readonly of: CaseView; readonly folded: boolean }) {
  const { floor } = useSeat();
  return (
    <>
      <States of={of} procedure={floor.procedureOf(of.kind)} />
      <Responses of={of.responses} />
      {told(of).map((item) => (
        <ShownMark key={item.reference} item={item}>
          <StatementCard of={item} around={aroundIn(of, item.reference, floor.me)} folded={folded} />
        </ShownMark>
      ))}
    </>
  );
}

/** The states of the procedure in a row: those come through with their times, the one it is in, those still before it. */
function States({ of, procedure }: { readonly of: CaseView; readonly procedure: Procedure | null }) {
  const { language } = useLanguage();
  const entered = of.entered;
  const ahead = procedure?.states.filter((state) => !entered.some((one) => one.state === state.name)) ?? [];
  return (
    <ol className="states">
      {entered.map((one, at) => (
        <li
          key={`${one.state} ${one.by}`}
          className="states__one"
          data-now={at === entered.length - 1 || undefined}
          {...(at === entered.length - 1 ? { 'aria-current': 'step' as const } : {})}
        >
          <bdi>{titleIn(one.title, language)}</bdi>
          <span className="states__by">
            <Ref>{one.by}</Ref> <Moment atMs={one.at_ms} />
          </span>
          <Onward />
        </li>
      ))}
      {!of.over &&
        ahead.map((state) => (
          <li key={state.name} className="states__one states__one--ahead">
            <bdi>{titleIn(state.title, language)}</bdi>
          </li>
        ))}
      {!of.final && (
        <li className="states__soft">
          <Trans>provisional: a message under way could change it</Trans>
        </li>
      )}
    </ol>
  );
}
