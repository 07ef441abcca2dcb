// One statement at a desk: who to whom, how urgent, when by the author's node; what must be known before it is read; original
// and renditions side by side; what is asked about it; the ladder of each addressee; what can be done about it now.

import { Trans, useLingui } from '@lingui/react/macro';
import { memo } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { useCase } from '../../data/queries';
import { shown } from '../../data/standing';
import type { ItemView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Handset, Onward } from '../../parts/icons';
import { FoldedLadder, Ladder } from '../../parts/Ladder';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { Ref } from '../../parts/Words';
import { Acts } from '../acts/Acts';
import type { Around } from '../acts/offers';
import { subjectKind } from '../acts/subject';
import { PaperLink } from '../deescalation/PaperLink';
import { useOpeners } from '../opening';
import { BannerNote } from './BannerNote';
import { banners } from './banners';
import { Clarifications } from './Clarifications';
import { FieldValues } from './FieldValues';
import { PaperMark } from './PaperMark';
import { Reference } from './Reference';
import './statement.css';
import { Texts } from './Texts';

interface Props {
  readonly of: ItemView;
  readonly around: Around;
  /** In watch mode ladders are folded. */
  readonly folded: boolean;
  /** Where its acts are offered elsewhere. */
  readonly withoutActs?: boolean;
}

export const StatementCard = memo(function StatementCard({ of, around, folded, withoutActs = false }: Props) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const wanted = of.renditions.length > 0 || of.questioned || of.kind === 'correction';
  const whole = shown(useCase(wanted ? of.case : null));
  const kind = subjectKind(floor, of, whole);
  const Rungs = folded ? FoldedLadder : Ladder;
  const title = titleIn(floor.kind(of.kind)?.title ?? { en: of.kind }, language);
  return (
    <article
      className={`said said--${of.precedence}`}
      data-reference={of.reference}
      data-void={of.because !== null || undefined}
      data-superseded={of.superseded !== null || undefined}
      data-mine={of.author === floor.me || undefined}
      aria-label={`${title} ${of.reference}`}
    >
      <Head of={of} title={title} />
      {banners(floor, of).map((banner) => (
        <BannerNote key={banner.sort} of={banner} />
      ))}
      <PaperMark of={of} />
      <Texts of={of} whole={whole} />
      {of.content && <FieldValues kind={kind} content={of.content} critical={of.critical} />}
      {whole && <Clarifications of={of} whole={whole} />}
      {of.ladders.map((ladder) => (
        <Rungs key={ladder.member} of={ladder} hasCritical={of.critical.length > 0} />
      ))}
      {!withoutActs && <Acts item={of} around={around} actsFirst={kind?.acts_first === true} />}
    </article>
  );
});

function ReadKey({ of }: { readonly of: ItemView }) {
  const { t } = useLingui();
  const { open } = useOpeners();
  return (
    <Button
      className="said__aloud"
      aria-label={t`Read ${of.reference} aloud`}
      onPress={() => open({ what: 'read', item: of })}
    >
      <Handset />
    </Button>
  );
}

function Head({ of, title }: { readonly of: ItemView; readonly title: string }) {
  const { showEntry } = useOpeners();
  return (
    <header className="said__head">
      <PrecedenceMark of={of.precedence} />
      <Button className="said__reference" onPress={() => showEntry(of.reference)}>
        <Reference>{of.reference}</Reference>
      </Button>
      {of.content && <ReadKey of={of} />}
      <PaperLink of={of} />
      <bdi className="said__kind">{title}</bdi>
      <span className="said__way">
        <Ref>{`${of.author}/${of.position}`}</Ref>
        {of.addressees.length > 0 && (
          <>
            <Onward />
            <span className="unseen">
              <Trans>to</Trans>
            </span>
          </>
        )}
        {of.addressees.map((code) => (
          <Ref key={code}>{code}</Ref>
        ))}
      </span>
      {of.case !== of.reference && (
        <span className="said__case">
          <Trans>
            in <Ref>{of.case}</Ref>
          </Trans>
        </span>
      )}
      <span className="said__when">
        <Moment atMs={of.at_ms} date />
      </span>
    </header>
  );
}
