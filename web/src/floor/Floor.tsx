// The watch floor: one page, three columns under a strip that is always there. What matters fits 1366×768 without
// scrolling; only the log of a desk and the list of Now scroll, within themselves. Landmarks and skip links come first.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useSeat } from '../app/seat';
import { type Look, storedLook, wear } from '../design/theme';
import { Announcer } from './Announcer';
import { AlarmCheckBar } from './alarm/AlarmCheckBar';
import { AlarmCheckProvider } from './alarm/AlarmCheckProvider';
import { AlarmProvider } from './alarm/AlarmProvider';
import { Centre } from './Centre';
import { Desks } from './desks/Desks';
import './floor.css';
import { Commands } from './keys/Commands';
import { Now } from './now/Now';
import { OpeningProvider } from './opening';
import { ShownProvider } from './shown/ShownProvider';
import { StopProvider } from './stop/StopContext';
import { ExerciseBanner } from './strip/ExerciseBanner';
import { Strip } from './strip/Strip';
import { Chime } from './watch/Chime';
import { ChangingProvider } from './watch/changing';
import './compact.css';

export function Floor({ firstDesk = 'line' }: { readonly firstDesk?: string }) {
  const { t } = useLingui();
  const { floor } = useSeat();
  const [look, setLook] = useState(storedLook);
  const onLook = (next: Look) => {
    wear(next);
    setLook(next);
  };
  return (
    <OpeningProvider first={firstDesk}>
      <StopProvider>
        <AlarmProvider>
          <AlarmCheckProvider>
            <ChangingProvider>
              <ShownProvider>
                <div className="floor" data-simulation={floor.view.banner ? true : undefined}>
                  <nav className="skips" aria-label={t`Skip to`}>
                    <a href="#now">
                      <Trans>To what runs now</Trans>
                    </a>
                    <a href="#centre">
                      <Trans>To the desk</Trans>
                    </a>
                  </nav>
                  {floor.view.banner && <ExerciseBanner />}
                  <Strip look={look} onLook={onLook} />
                  <AlarmCheckBar />
                  <Desks />
                  <Centre folded={look.mode === 'watch'} />
                  <Now />
                  <Announcer />
                  <Chime />
                  <Commands look={look} onLook={onLook} />
                </div>
              </ShownProvider>
            </ChangingProvider>
          </AlarmCheckProvider>
        </AlarmProvider>
      </StopProvider>
    </OpeningProvider>
  );
}
