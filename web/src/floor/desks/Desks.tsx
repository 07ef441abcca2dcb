// Left: the desks, each with its count of clocks running and clocks missed. A list of buttons; the chosen one is marked for
// eyes and for assistive technology.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { useNowView } from '../../data/queries';
import { shown } from '../../data/standing';
import { useLanguage } from '../../language/LanguageProvider';
import { Clock, DeskSign, Warning } from '../../parts/icons';
import { useNow } from '../../parts/Now';
import { RECORD_DESK, SEARCH_DESK, useOpening } from '../opening';
import { type DeskRow, deskRows } from './desks';
import './desks.css';

export function Desks() {
  const { t } = useLingui();
  const { floor } = useSeat();
  const { language } = useLanguage();
  const nowMs = useNow();
  const now = shown(useNowView());
  return (
    <nav className="desks" aria-label={t`Desks`}>
      <ul>
        {deskRows(floor, now?.clocks ?? [], nowMs).map((row) => (
          <li key={row.desk}>
            <DeskKey desk={row.desk} title={titleIn(row.title, language)} closed={!row.open}>
              <Counts of={row} />
            </DeskKey>
          </li>
        ))}
        <li>
          <DeskKey desk={RECORD_DESK} title={t`The record`} />
        </li>
        <li>
          <DeskKey desk={SEARCH_DESK} title={t`Search`} />
        </li>
      </ul>
    </nav>
  );
}

interface KeyProps {
  readonly desk: string;
  readonly title: string;
  readonly closed?: boolean;
  readonly children?: ReactNode;
}

function DeskKey({ desk, title, closed = false, children }: KeyProps) {
  const { desk: chosen, chooseDesk } = useOpening();
  return (
    <Button
      className={closed ? 'desk desk--closed' : 'desk'}
      {...(desk === chosen ? { 'aria-current': 'page' as const } : {})}
      onPress={() => chooseDesk(desk)}
    >
      <DeskSign desk={desk} />
      <bdi className="desk__name">{title}</bdi>
      {children}
    </Button>
  );
}

function Counts({ of }: { readonly of: DeskRow }) {
  if (!of.open) {
    return (
      <span className="desk__counts">
        <Trans>not opened</Trans>
      </span>
    );
  }
  return (
    <span className="desk__counts">
      {of.running > 0 && (
        <span className="count">
          <Clock />
          <Plural value={of.running} one="# running" other="# running" />
        </span>
      )}
      {of.missed > 0 && (
        <span className="count count--missed">
          <Warning />
          <Plural value={of.missed} one="# missed" other="# missed" />
        </span>
      )}
    </span>
  );
}
