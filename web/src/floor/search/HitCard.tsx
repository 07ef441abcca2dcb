// One statement that was found, in the look of the Line: who, what, when; what became of it; the words that were looked for,
// marked in the original text. Its reference opens its page in the record.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import type { SearchHit } from '../../data/wire';
import { Warning } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { MarkedPassage, Ref, Words } from '../../parts/Words';
import { useOpeners } from '../opening';
import { Reference } from '../statement/Reference';
import { useKindTitle } from '../statement/useKindTitle';
import { piecesOf } from './search';

export function HitCard({ of }: { readonly of: SearchHit }) {
  const { floor } = useSeat();
  const title = useKindTitle()(of.kind);
  return (
    <article
      className={`said said--${of.precedence} hit`}
      data-reference={of.reference}
      data-void={of.void !== null || undefined}
      data-superseded={of.superseded !== null || undefined}
      data-mine={of.author === floor.me || undefined}
      aria-label={`${title} ${of.reference}`}
    >
      <Head of={of} title={title} />
      {of.void !== null && (
        <p className="banner banner--bad">
          <Warning />
          <span>
            <Trans>void, because:</Trans> <Words of={{ text: of.void, language: 'en' }} />
          </span>
        </p>
      )}
      {of.superseded !== null && (
        <p className="banner">
          <Warning />
          <span>
            <Trans>
              superseded by <Ref>{of.superseded}</Ref>
            </Trans>
          </span>
        </p>
      )}
      {of.withheld && (
        <p className="note">
          <Trans>Its content is withheld from this member, erased, or has not arrived.</Trans>
        </p>
      )}
      {of.excerpts.map((one) => (
        <MarkedPassage
          key={`${one.field} ${one.language} ${one.start}`}
          language={one.language}
          pieces={piecesOf(one)}
          from={one.start > 0}
          on={one.further}
        />
      ))}
    </article>
  );
}

function Head({ of, title }: { readonly of: SearchHit; readonly title: string }) {
  const { showEntry } = useOpeners();
  return (
    <header className="said__head">
      <PrecedenceMark of={of.precedence} />
      <Button className="said__reference" onPress={() => showEntry(of.reference)}>
        <Reference>{of.reference}</Reference>
      </Button>
      <bdi className="said__kind">{title}</bdi>
      <span className="said__way">
        <Ref>{`${of.author}/${of.position}`}</Ref>
      </span>
      {of.about !== null && (
        <span className="said__case">
          <Trans>
            about <Ref>{of.about}</Ref>
          </Trans>
        </span>
      )}
      {of.case !== of.reference && (
        <span className="said__case">
          <Trans>
            in <Ref>{of.case}</Ref>
          </Trans>
        </span>
      )}
      {of.distance_m !== null && (
        <span className="said__case">
          <Trans>
            <Ref>{String(of.distance_m)}</Ref> m away
          </Trans>
        </span>
      )}
      <span className="said__when">
        <Moment atMs={of.at_ms} date />
      </span>
    </header>
  );
}
