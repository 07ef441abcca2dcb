// The page: banner, keys, the lines between the nodes, the floors under them, and the narration.

import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { ExerciseBanner } from '../floor/strip/ExerciseBanner';
import { Broken } from '../parts/icons';
import { Loading } from '../parts/States';
import { FloorColumn } from './FloorColumn';
import { Head } from './Head';
import { Lines } from './Lines';
import { Narration } from './Narration';
import { useActing, useTheatre } from './state';
import './theatre.css';

export function Theatre() {
  const { t } = useLingui();
  const { state, ended } = useTheatre();
  const acting = useActing();
  const title = t`Parley theatre`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="theatre">
      <ExerciseBanner />
      <Head acting={acting} quiet={state?.quiet ?? false} />
      {ended && (
        <p className="theatre__ended" role="alert">
          <Broken />
          <Trans>The demo does not answer: it has ended, or is about to start again.</Trans>
        </p>
      )}
      {!state && !ended && <Loading />}
      {state && (
        <>
          <main
            className="theatre__stage"
            style={{ gridTemplateColumns: `repeat(${state.floors.length}, minmax(22rem, 1fr))` }}
          >
            <Lines of={state} acting={acting} />
            {state.floors.map((floor) => (
              <FloorColumn
                key={floor.code}
                floor={floor}
                alive={state.nodes.find((node) => node.code === floor.code)?.alive ?? false}
                seat={state.seats.find((seat) => seat.code === floor.code) ?? null}
                acting={acting}
              />
            ))}
          </main>
          <Narration of={state.narration} />
        </>
      )}
    </div>
  );
}
