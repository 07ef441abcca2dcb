// The watch floor: one page, three columns under a strip that is always there. What matters fits 1366×768 without
// scrolling; only the log of a desk and the list of Now scroll, within themselves. Landmarks and skip links come first.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { DeskName, FloorView, LineStatement, RunningClock } from '../data/floor';
import { type Standing, shown } from '../data/standing';
import type { Look } from '../design/theme';
import { Announcer } from './Announcer';
import { Centre } from './centre/Centre';
import { Desks } from './desks/Desks';
import './floor.css';
import { Now } from './now/Now';
import { ExerciseBanner } from './strip/ExerciseBanner';
import { Strip } from './strip/Strip';

export interface FloorProps {
  readonly floor: Standing<FloorView>;
  readonly line: Standing<readonly LineStatement[]>;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  readonly firstDesk?: DeskName;
  readonly onAct?: (clock: RunningClock) => void;
}

export function Floor({ floor, line, look, onLook, firstDesk = 'line', onAct }: FloorProps) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<DeskName>(firstDesk);
  const view = shown(floor);
  const desk = look.mode === 'watch' ? 'line' : chosen;
  return (
    <div className="floor" data-simulation={view?.banner ? true : undefined}>
      <nav className="skips" aria-label={t`Skip to`}>
        <a href="#now">
          <Trans>To what runs now</Trans>
        </a>
        <a href="#centre">
          <Trans>To the desk</Trans>
        </a>
      </nav>
      {view?.banner && <ExerciseBanner />}
      <Strip view={view} offline={floor.state === 'offline'} look={look} onLook={onLook} />
      <Desks view={view} chosen={desk} onChoose={setChosen} />
      <Centre desk={desk} line={line} folded={look.mode === 'watch'} />
      <Now standing={floor} onAct={onAct} />
      <Announcer view={view} standing={floor.state} />
    </div>
  );
}
