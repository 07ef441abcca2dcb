// The ladder as six small rungs with their times: reached (filled, a tick), due (ringed), overdue (red, a warning sign and
// the word), open (hollow).

import { Trans } from '@lingui/react/macro';
import type { LadderView, RungName } from '../data/floor';
import './ladder.css';
import { Check, Clock, Warning } from './icons';
import { type LadderModel, ladderModel, type RungModel } from './ladder';
import { Moment } from './Moment';
import { useNow } from './Now';
import { Span } from './Span';
import { Ref } from './Words';

export function Ladder({ of }: { readonly of: LadderView }) {
  const nowMs = useNow();
  const model = ladderModel(of, nowMs);
  return (
    <div className="ladder">
      <Ref>{model.addressee}</Ref>
      <ol className="ladder__rungs">
        {model.rungs.map((rung) => (
          <Rung key={rung.rung} of={rung} nowMs={nowMs} />
        ))}
      </ol>
    </div>
  );
}

/** For watch mode: the furthest rung, and what is late. */
export function FoldedLadder({ of }: { readonly of: LadderView }) {
  const model: LadderModel = ladderModel(of, useNow());
  return (
    <p className="ladder ladder--folded">
      <Ref>{model.addressee}</Ref> {model.furthest && <RungWord of={model.furthest} />}
      {model.overdue && (
        <span className="ladder__late">
          <Warning />
          <Trans>
            overdue: <RungWord of={model.overdue} />
          </Trans>
        </span>
      )}
    </p>
  );
}

function Rung({ of, nowMs }: { readonly of: RungModel; readonly nowMs: number }) {
  return (
    <li className={`rung rung--${of.state}`}>
      <span className="rung__mark">
        {of.state === 'reached' && <Check />}
        {of.state === 'due' && <Clock />}
        {of.state === 'overdue' && <Warning />}
      </span>
      <span className="rung__name">
        <RungWord of={of.rung} />
      </span>
      <span className="rung__time">
        {of.atMs !== null && <Moment atMs={of.atMs} />}
        {of.state === 'due' && of.dueMs !== null && (
          <Trans>
            <Span ms={of.dueMs - nowMs} /> left
          </Trans>
        )}
        {of.state === 'overdue' && of.dueMs !== null && (
          <Trans>
            overdue <Span ms={nowMs - of.dueMs} />
          </Trans>
        )}
        {of.state === 'open' && <Trans>not yet</Trans>}
      </span>
    </li>
  );
}

export function RungWord({ of }: { readonly of: RungName }) {
  switch (of) {
    case 'signed':
      return <Trans>signed</Trans>;
    case 'stored':
      return <Trans>stored</Trans>;
    case 'shown':
      return <Trans>shown</Trans>;
    case 'acknowledged':
      return <Trans>acknowledged</Trans>;
    case 'read-back':
      return <Trans>read back</Trans>;
    case 'passed-on':
      return <Trans>passed on</Trans>;
  }
}
