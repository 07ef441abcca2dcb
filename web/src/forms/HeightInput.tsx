// A height: an amount, feet or metres, and what it is measured from.

import { useLingui } from '@lingui/react/macro';
import { DATUMS, type HeightEntry, readHeight, writeHeight } from './height';
import type { Bound } from './Labelled';
import { Select } from './Select';

interface Props {
  readonly bound: Bound;
  readonly value: HeightEntry;
  readonly onChange: (value: HeightEntry) => void;
}

export function HeightInput({ bound, value, onChange }: Props) {
  const { t } = useLingui();
  const datums = { AMSL: t`above mean sea level`, AGL: t`above ground`, WGS84: t`above the WGS 84 ellipsoid` };
  const inUnit = (unit: 'm' | 'ft') => {
    const read = readHeight(value);
    onChange(read.ok ? writeHeight(read.value, unit) : { ...value, unit });
  };
  return (
    <div className="inline">
      <span className="inline" dir="ltr">
        <input
          {...bound}
          className="input input--angle"
          aria-label={t`Amount`}
          inputMode="decimal"
          maxLength={9}
          value={value.amount}
          onChange={({ target }) => onChange({ ...value, amount: target.value })}
        />
        <Select
          label={t`Unit`}
          value={value.unit}
          options={[
            { value: 'm', title: t`m` },
            { value: 'ft', title: t`ft` },
          ]}
          onChange={(unit) => inUnit(unit === 'ft' ? 'ft' : 'm')}
        />
      </span>
      <Select
        label={t`Measured from`}
        value={value.datum}
        invalid={bound['aria-invalid']}
        options={[
          { value: '', title: t`measured from…` },
          ...DATUMS.map((one) => ({ value: one, title: datums[one] })),
        ]}
        onChange={(datum) => onChange({ ...value, datum: DATUMS.find((one) => one === datum) ?? '' })}
      />
    </div>
  );
}
