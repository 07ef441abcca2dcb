// Right: Now. Every running clock of all desks, soonest first, each with its one next act.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import type { FloorView, NextAct, RunningClock } from '../../data/floor';
import type { Standing } from '../../data/standing';
import { Onward, Warning } from '../../parts/icons';
import { useNow } from '../../parts/Now';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { Span } from '../../parts/Span';
import { Empty, InStanding } from '../../parts/States';
import { Passage, Ref } from '../../parts/Words';
import { DeskWord } from '../desks/DeskWord';
import { type ClockRow, clockRows } from './now';
import './now.css';

interface Acting {
  readonly onAct: ((clock: RunningClock) => void) | undefined;
  /** Whether the line to the node is lost, so that nothing can be done from here. */
  readonly cut: boolean;
}

interface Props {
  readonly standing: Standing<FloorView>;
  readonly onAct: ((clock: RunningClock) => void) | undefined;
}

export function Now({ standing, onAct }: Props) {
  const { t } = useLingui();
  return (
    <aside className="now" id="now" aria-label={t`What runs now`} tabIndex={-1}>
      <h2>
        <Trans>Now</Trans>
      </h2>
      <InStanding standing={standing} isEmpty={(view) => view.clocks.length === 0} empty={<Quiet />}>
        {(view) => <Rows view={view} onAct={onAct} cut={standing.state === 'offline'} />}
      </InStanding>
    </aside>
  );
}

function Quiet() {
  return (
    <Empty title={<Trans>No clock is running</Trans>}>
      <Trans>Nobody waits for anything. Proof of life goes on.</Trans>
    </Empty>
  );
}

function Rows({ view, ...acting }: { readonly view: FloorView } & Acting) {
  const rows = clockRows(view.clocks, view.viewer?.member ?? null, useNow());
  return (
    <ol className="now__rows">
      {rows.map((row) => (
        <Row key={`${row.clock.reference} ${row.clock.next}`} row={row} {...acting} />
      ))}
    </ol>
  );
}

function Row({ row, onAct, cut }: { readonly row: ClockRow } & Acting) {
  const { clock } = row;
  return (
    <li className={row.missed ? 'running running--missed' : 'running'}>
      <p className="running__left">
        {row.missed ? (
          <>
            <Warning />
            <Trans>
              missed by <Span ms={row.spanMs} />
            </Trans>
          </>
        ) : (
          <Trans>
            <Span ms={row.spanMs} /> left
          </Trans>
        )}
      </p>
      <p className="running__what">
        <PrecedenceMark of={clock.precedence} />
        <Ref>{clock.reference}</Ref> · <DeskWord of={clock.desk} />
      </p>
      <div className="running__subject">
        <Passage of={clock.subject} />
      </div>
      <div className="running__next">
        {row.ours && clock.next !== 'wait' ? (
          <Button
            className={row.missed ? 'key key--first' : 'key'}
            isDisabled={cut}
            {...(onAct ? { onPress: () => onAct(clock) } : {})}
          >
            <ActWord of={clock.next} />
            <Onward />
          </Button>
        ) : (
          <span>
            <Trans>
              waits for <Ref>{clock.owedBy}</Ref>
            </Trans>
          </span>
        )}
      </div>
      <span className="running__bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(row.gone * 100)}%` }} />
      </span>
    </li>
  );
}

export function ActWord({ of }: { readonly of: NextAct }) {
  switch (of) {
    case 'acknowledge':
      return <Trans>Acknowledge</Trans>;
    case 'read-back':
      return <Trans>Read back</Trans>;
    case 'pass-on':
      return <Trans>Pass on</Trans>;
    case 'answer':
      return <Trans>Answer</Trans>;
    case 'clarify':
      return <Trans>Clarify</Trans>;
    case 'confirm':
      return <Trans>Confirm</Trans>;
    case 'report':
      return <Trans>Report</Trans>;
    case 'wait':
      return <Trans>Wait</Trans>;
  }
}
