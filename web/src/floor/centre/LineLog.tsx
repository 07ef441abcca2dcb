// The Line as a log, newest below. It opens at its end, and stays there when something new comes unless the officer has
// scrolled up to read.

import { Trans, useLingui } from '@lingui/react/macro';
import { useLayoutEffect, useRef } from 'react';
import type { LineStatement } from '../../data/floor';
import type { Standing } from '../../data/standing';
import { Empty, InStanding } from '../../parts/States';
import { StatementCard } from './StatementCard';

interface Props {
  readonly standing: Standing<readonly LineStatement[]>;
  readonly folded: boolean;
}

export function LineLog({ standing, folded }: Props) {
  return (
    <InStanding
      standing={standing}
      isEmpty={(log) => log.length === 0}
      empty={<Empty title={<Trans>Nothing has been said yet</Trans>} />}
    >
      {(log) => <Log log={log} folded={folded} />}
    </InStanding>
  );
}

function Log({ log, folded }: { readonly log: readonly LineStatement[]; readonly folded: boolean }) {
  const { t } = useLingui();
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const newest = log.at(-1)?.reference;
  useLayoutEffect(() => {
    if (newest !== undefined && atEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [newest]);
  return (
    <ol
      className="log"
      ref={list}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      aria-label={t`Statements on the line, the newest last`}
      onScroll={({ currentTarget: at }) => {
        atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < 40;
      }}
    >
      {log.map((statement) => (
        <li key={statement.reference}>
          <StatementCard of={statement} folded={folded} />
        </li>
      ))}
    </ol>
  );
}
