// Left: the desks, each with its count of clocks running and clocks missed. A list of buttons; the chosen one is marked for
// eyes and for assistive technology.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import type { DeskName, FloorView } from '../../data/floor';
import { Clock, DeskSign, Warning } from '../../parts/icons';
import { DeskWord } from './DeskWord';
import { type DeskRow, deskRows } from './desks';
import './desks.css';

interface Props {
  readonly view: FloorView | null;
  readonly chosen: DeskName;
  readonly onChoose: (desk: DeskName) => void;
}

export function Desks({ view, chosen, onChoose }: Props) {
  const { t } = useLingui();
  return (
    <nav className="desks" aria-label={t`Desks`}>
      <ul>
        {deskRows(view?.desks ?? []).map((row) => (
          <li key={row.desk}>
            <Button
              className={`desk desk--${row.tone}`}
              {...(row.desk === chosen ? { 'aria-current': 'page' as const } : {})}
              onPress={() => onChoose(row.desk)}
            >
              <DeskSign desk={row.desk} />
              <span className="desk__name">
                <DeskWord of={row.desk} />
              </span>
              {view && <Counts of={row} />}
            </Button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Counts({ of }: { readonly of: DeskRow }) {
  if (of.tone === 'closed') {
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
