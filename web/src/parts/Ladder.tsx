// The ladder as six small rungs with their times: reached (filled, a tick), due (ringed), overdue or wrong (red, a warning
// sign and the word), open (hollow), absent (a dash). Folded: the furthest rung, and what is late.

import { Trans } from '@lingui/react/macro';
import type { LadderView, UnitView } from '../data/wire';
import './ladder.css';
import { Check, Clock, Warning } from './icons';
import { ladderModel, type RungModel, type RungName } from './ladder';
import { Moment } from './Moment';
import { useNow, useNowAs } from './Now';
import { OutcomeWord } from './OutcomeWord';
import { Span } from './Span';
import { Ref } from './Words';

interface Props {
  readonly of: LadderView;
  readonly hasCritical: boolean;
}

export function Ladder({ of, hasCritical }: Props) {
  const model = ladderModel(of, hasCritical, useDue(of));
  return (
    <div className="ladder">
      <Ref>{model.member}</Ref>
      <ol className="ladder__rungs">
        {model.rungs.map((rung) => (
          <Rung key={rung.rung} of={rung} />
        ))}
      </ol>
      {model.declined && (
        <p className="ladder__declined">
          <Warning />
          <Trans>
            declined by <Ref>{model.declined.position}</Ref> at <Moment atMs={model.declined.at_ms} />
          </Trans>
        </p>
      )}
    </div>
  );
}

export function FoldedLadder({ of, hasCritical }: Props) {
  const { member, furthest, trouble } = ladderModel(of, hasCritical, useDue(of));
  return (
    <p className="ladder ladder--folded">
      <Ref>{member}</Ref>
      {furthest ? (
        <span className="ladder__furthest">
          <Check />
          <RungWord of={furthest.rung} /> {furthest.mark && <Moment atMs={furthest.mark.at_ms} />}
        </span>
      ) : (
        <Trans>not stored there yet</Trans>
      )}
      {trouble && (
        <span className="ladder__late">
          <Warning />
          {trouble.state === 'wrong' ? <Trans>read back otherwise</Trans> : <LateWord of={trouble.rung} />}
        </span>
      )}
    </p>
  );
}

function Rung({ of }: { readonly of: RungModel }) {
  return (
    <li className={`rung rung--${of.state}`}>
      <span className="rung__mark">
        {of.state === 'reached' && <Check />}
        {(of.state === 'due' || of.state === 'unconfirmed') && <Clock />}
        {(of.state === 'overdue' || of.state === 'wrong') && <Warning />}
      </span>
      <span className="rung__name">
        {of.rung === 'outcome' && of.mark ? <OutcomeWord of={of.mark.detail} /> : <RungWord of={of.rung} />}
      </span>
      <span className="rung__time">
        <RungTime of={of} />
        {of.units.map((unit) => (
          <Unit key={unit.alias} of={unit} />
        ))}
      </span>
    </li>
  );
}

function RungTime({ of }: { readonly of: RungModel }) {
  switch (of.state) {
    case 'reached':
      return (
        <>
          {of.mark && <Moment atMs={of.mark.at_ms} />}
          {of.rung === 'passed-on' && of.units.length === 0 && of.mark?.detail && <Ref>{of.mark.detail}</Ref>}
        </>
      );
    case 'unconfirmed':
      return of.mark && <Moment atMs={of.mark.at_ms} />;
    case 'due':
      return (
        <Trans>
          <Until dueMs={of.dueMs} /> left
        </Trans>
      );
    case 'overdue':
      return (
        <Trans>
          overdue <Until dueMs={of.dueMs} />
        </Trans>
      );
    case 'wrong':
      return <Trans>otherwise than said</Trans>;
    case 'absent':
      return <Trans>not asked for</Trans>;
    case 'open':
      return <Trans>not yet</Trans>;
  }
}

/** A unit that it was passed on to: has it confirmed, or not. */
function Unit({ of }: { readonly of: UnitView }) {
  // A whole of its own: what people wrote into it is never taken for a part of the sentence.
  const alias = <Ref>{of.alias}</Ref>;
  return (
    <span className={of.confirmed ? 'rung__unit' : 'rung__unit rung__unit--open'}>
      {of.confirmed ? <Trans>unit {alias} has confirmed</Trans> : <Trans>unit {alias} not confirmed</Trans>}
    </span>
  );
}

function LateWord({ of }: { readonly of: RungName }) {
  if (of === 'passed-on') return <Trans>overdue: the unit has not confirmed</Trans>;
  return (
    <Trans>
      overdue: <RungWord of={of} />
    </Trans>
  );
}

/** How long until it is due, or since. */
function Until({ dueMs }: { readonly dueMs: number | null }) {
  const nowMs = useNow();
  return <Span ms={Math.abs((dueMs ?? nowMs) - nowMs)} />;
}

/** The moment, as far as a ladder turns on it: the later of its clocks that has run out. */
function useDue({ acknowledged, due_ms: dueMs, units_due_ms: unitsDueMs }: LadderView): number {
  return useNowAs((nowMs) =>
    Math.max(
      Number.NEGATIVE_INFINITY,
      ...[acknowledged ? null : dueMs, unitsDueMs].filter((at): at is number => at !== null && nowMs >= at),
    ),
  );
}

export function RungWord({ of }: { readonly of: RungName }) {
  switch (of) {
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
    case 'outcome':
      return <Trans>outcome</Trans>;
  }
}
