// A place, in the convention of this terminal or any other.

import { useLingui } from '@lingui/react/macro';
import { COORDINATES, type Coordinates } from './conventions';
import type { Bound } from './Labelled';
import { inConvention, type PlaceEntry } from './place';
import { Select } from './Select';

interface Props {
  readonly bound: Bound;
  readonly value: PlaceEntry;
  readonly onChange: (value: PlaceEntry) => void;
  /** Where the convention is chosen once for several places. */
  readonly withoutConvention?: boolean;
}

export function PlaceInput({ bound, value, onChange, withoutConvention = false }: Props) {
  const { t } = useLingui();
  const set = (part: Partial<PlaceEntry>) => onChange({ ...value, ...part });
  return (
    <div className="inline" dir="ltr">
      {!withoutConvention && (
        <ConventionSelect value={value.convention} onChange={(next) => onChange(inConvention(value, next))} />
      )}
      {value.convention === 'mgrs' ? (
        <input
          {...bound}
          className="input input--grid"
          aria-label={t`Grid reference`}
          placeholder="36S YC 49382 67109"
          maxLength={24}
          autoCapitalize="characters"
          value={value.grid}
          onChange={({ target }) => set({ grid: target.value })}
        />
      ) : (
        <>
          <input
            {...bound}
            className="input input--angle"
            aria-label={t`Latitude`}
            placeholder={value.convention === 'dms' ? '33 07 31' : '33.12540'}
            maxLength={16}
            value={value.latitude}
            onChange={({ target }) => set({ latitude: target.value })}
          />
          <Select
            label={t`North or south`}
            value={value.ns}
            options={[
              { value: 'N', title: t`N` },
              { value: 'S', title: t`S` },
            ]}
            onChange={(ns) => set({ ns: ns === 'S' ? 'S' : 'N' })}
          />
          <input
            className="input input--angle"
            aria-label={t`Longitude`}
            aria-invalid={bound['aria-invalid']}
            placeholder={value.convention === 'dms' ? '35 48 04' : '35.80120'}
            maxLength={16}
            value={value.longitude}
            onChange={({ target }) => set({ longitude: target.value })}
          />
          <Select
            label={t`East or west`}
            value={value.ew}
            options={[
              { value: 'E', title: t`E` },
              { value: 'W', title: t`W` },
            ]}
            onChange={(ew) => set({ ew: ew === 'W' ? 'W' : 'E' })}
          />
        </>
      )}
    </div>
  );
}

interface ConventionProps {
  readonly value: Coordinates;
  readonly onChange: (value: Coordinates) => void;
}

export function ConventionSelect({ value, onChange }: ConventionProps) {
  const { t } = useLingui();
  const titles = { degrees: t`degrees`, dms: t`deg min sec`, mgrs: t`grid (MGRS)` };
  return (
    <Select
      label={t`How the place is written`}
      value={value}
      options={COORDINATES.map((one) => ({ value: one, title: titles[one] }))}
      onChange={(chosen) => onChange(COORDINATES.find((one) => one === chosen) ?? 'degrees')}
    />
  );
}
