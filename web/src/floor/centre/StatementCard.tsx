// One statement on the Line: who to whom, how urgent, when by the author's node; original and rendition side by side; the
// ladder of each addressee; and what keeps it from counting, where something does.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { LineStatement, RenditionStanding } from '../../data/floor';
import { Onward, Warning } from '../../parts/icons';
import { FoldedLadder, Ladder } from '../../parts/Ladder';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { Passage, Ref, Words } from '../../parts/Words';

export function StatementCard({ of, folded }: { readonly of: LineStatement; readonly folded: boolean }) {
  const Rungs = folded ? FoldedLadder : Ladder;
  return (
    <article className={`said said--${of.precedence}`} aria-label={of.reference}>
      <header className="said__head">
        <PrecedenceMark of={of.precedence} />
        <Ref>{of.reference}</Ref>
        <span className="said__way">
          <Ref>{`${of.author}/${of.position}`}</Ref>
          <Onward />
          <span className="unseen">
            <Trans>to</Trans>
          </span>
          {of.addressees.map((code) => (
            <Ref key={code}>{code}</Ref>
          ))}
        </span>
        <span className="said__kind">
          <Ref>{of.kind}</Ref>
        </span>
        {of.provisional && (
          <span className="said__standing">
            <Trans>provisional</Trans>
          </span>
        )}
        <span className="said__when">
          <Moment atMs={of.recordedMs} date />
        </span>
      </header>
      {of.void && (
        <p className="said__void">
          <Warning />
          <Trans>
            void, because: <Words of={of.void} />
          </Trans>
        </p>
      )}
      <div className={of.rendition ? 'said__texts said__texts--two' : 'said__texts'}>
        <Text label={<Trans>original, authoritative</Trans>}>
          <Passage of={of.original} />
        </Text>
        {of.rendition && (
          <Text label={<RenditionWord of={of.rendition.standing} />}>
            <Passage of={of.rendition} />
          </Text>
        )}
      </div>
      {of.ladders.map((ladder) => (
        <Rungs key={ladder.addressee} of={ladder} />
      ))}
    </article>
  );
}

function Text({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="said__text">
      <p className="said__label">{label}</p>
      <div>{children}</div>
    </div>
  );
}

export function RenditionWord({ of }: { readonly of: RenditionStanding }) {
  switch (of) {
    case 'certified':
      return <Trans>rendition, certified</Trans>;
    case 'checked':
      return <Trans>rendition, checked by a second officer</Trans>;
    case 'unchecked':
      return <Trans>rendition, not checked</Trans>;
    case 'machine':
      return <Trans>rendition by machine, not checked</Trans>;
  }
}
