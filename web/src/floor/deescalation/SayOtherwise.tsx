// Beside the form: the place said a second and a third way, for the node to compare with the gazetteers that were loaded. It is no
// part of what is filed.

import { Trans, useLingui } from '@lingui/react/macro';
import { useMapPacks } from '../../data/queries';
import { shown } from '../../data/standing';
import { Labelled } from '../../forms/Labelled';
import type { OtherwiseEntry } from './otherwise';

interface Props {
  readonly value: OtherwiseEntry;
  readonly onChange: (value: OtherwiseEntry) => void;
}

/** Shown where there is a gazetteer to compare with. */
export function SayOtherwise({ value, onChange }: Props) {
  const { t } = useLingui();
  const packs = shown(useMapPacks()) ?? [];
  if (!packs.some((pack) => pack.kind === 'gazetteer')) return null;
  const titles: Readonly<Record<keyof OtherwiseEntry, string>> = {
    placeName: t`Name of the place`,
    landmark: t`Landmark`,
    bearing: t`Bearing from it, in degrees`,
    kilometres: t`Distance from it, in km`,
  };
  return (
    <details className="otherwise">
      <summary>
        <Trans>Check the place by its name</Trans>
      </summary>
      {(Object.keys(titles) as (keyof OtherwiseEntry)[]).map((name) => (
        <Labelled key={name} name={`otherwise-${name}`} title={titles[name]}>
          {(bound) => (
            <input
              {...bound}
              className="input"
              dir={name === 'bearing' || name === 'kilometres' ? 'ltr' : 'auto'}
              maxLength={120}
              value={value[name]}
              onChange={({ target }) => onChange({ ...value, [name]: target.value })}
            />
          )}
        </Labelled>
      ))}
    </details>
  );
}
