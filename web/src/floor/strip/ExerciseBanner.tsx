// The banner of an exercise, over everything, in words and in stripes, in the interface's language. It cannot be closed.

import { Trans } from '@lingui/react/macro';
import './exercise.css';

export function ExerciseBanner() {
  return (
    <div className="exercise" role="note">
      <span>
        <Trans>SIMULATION: not an act of any state</Trans>
      </span>
    </div>
  );
}
