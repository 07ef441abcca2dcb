// A position of this member: typed, or chosen of those that officers hold now. What holds no key of the watch is told.

import { Trans } from '@lingui/react/macro';
import { usePositions } from '../../data/queries';
import { Warning } from '../../parts/icons';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
}

export const POSITIONS_LIST = 'roster-positions';

export function PositionInput({ label, value, onChange, onEnter }: Props) {
  const unheld = useUnheld(value);
  return (
    <span className="position">
      <input
        className="input"
        aria-label={label}
        dir="ltr"
        maxLength={32}
        list={POSITIONS_LIST}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && onEnter) {
            event.preventDefault();
            onEnter();
          }
        }}
      />
      {unheld && <Unheld />}
    </span>
  );
}

export function Unheld() {
  return (
    <span className="position__note">
      <Warning />
      <Trans>holds no key of the watch now</Trans>
    </span>
  );
}

/** Whether nobody could sign for the watch under this position now. */
export function useUnheld(position: string): boolean {
  const positions = usePositions();
  const found = positions?.find((one) => one.position === position.trim());
  return positions !== null && position.trim() !== '' && !found?.mandates.includes('watch');
}

/** The list that every `PositionInput` offers; drawn once. */
export function PositionsList() {
  return (
    <datalist id={POSITIONS_LIST}>
      {usePositions()?.map(({ position }) => (
        <option key={position} value={position} />
      ))}
    </datalist>
  );
}
