// What departs from the week: absences of positions, and holidays with shifts of their own.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useNow } from '../../parts/Now';
import { InstantInput } from '../InstantInput';
import type { Bound } from '../Labelled';
import { PositionInput } from './PositionInput';
import { type AbsenceEntry, blankAbsence, blankHoliday, changed, type HolidayEntry, without } from './roster';
import { Shifts } from './Shifts';

interface AbsencesProps {
  readonly zone: string;
  readonly value: readonly AbsenceEntry[];
  readonly onChange: (value: readonly AbsenceEntry[]) => void;
}

export function Absences({ zone, value, onChange }: AbsencesProps) {
  const { t } = useLingui();
  const nowMs = useNow();
  return (
    <div className="shifts">
      {value.map((absence, at) => (
        <fieldset className="shift" key={absence.key}>
          <legend>
            <Trans>Absence {at + 1}</Trans>
          </legend>
          <div className="inline">
            <PositionInput
              label={t`Position`}
              value={absence.position}
              onChange={(position) => onChange(changed(value, absence.key, { position }))}
            />
            <Button
              className="key key--small"
              aria-label={t`Take out: absence ${at + 1}`}
              onPress={() => onChange(without(value, absence.key))}
            >
              <Trans>Take out</Trans>
            </Button>
          </div>
          <span className="shift__title">
            <Trans>From</Trans>
          </span>
          <InstantInput
            bound={bound(`absence-${absence.key}-from`)}
            value={absence.from}
            onChange={(from) => onChange(changed(value, absence.key, { from }))}
          />
          <span className="shift__title">
            <Trans>Until</Trans>
          </span>
          <InstantInput
            bound={bound(`absence-${absence.key}-until`)}
            value={absence.until}
            onChange={(until) => onChange(changed(value, absence.key, { until }))}
          />
        </fieldset>
      ))}
      <Button className="key key--small" onPress={() => onChange([...value, blankAbsence(nowMs, zone)])}>
        <Trans>Add an absence</Trans>
      </Button>
    </div>
  );
}

interface HolidaysProps {
  readonly value: readonly HolidayEntry[];
  readonly onChange: (value: readonly HolidayEntry[]) => void;
}

export function Holidays({ value, onChange }: HolidaysProps) {
  const { t } = useLingui();
  const nowMs = useNow();
  return (
    <div className="shifts">
      {value.map((holiday, at) => (
        <fieldset className="shift" key={holiday.key}>
          <legend>
            <Trans>Holiday {at + 1}</Trans>
          </legend>
          <div className="inline">
            <Day
              label={t`First day`}
              value={holiday.first}
              onChange={(first) => onChange(changed(value, holiday.key, { first }))}
            />
            <Day
              label={t`Last day`}
              value={holiday.last}
              onChange={(last) => onChange(changed(value, holiday.key, { last }))}
            />
            <Button
              className="key key--small"
              aria-label={t`Take out: holiday ${at + 1}`}
              onPress={() => onChange(without(value, holiday.key))}
            >
              <Trans>Take out</Trans>
            </Button>
          </div>
          <Shifts value={holiday.shifts} onChange={(shifts) => onChange(changed(value, holiday.key, { shifts }))} />
        </fieldset>
      ))}
      <Button className="key key--small" onPress={() => onChange([...value, blankHoliday(nowMs)])}>
        <Trans>Add a holiday</Trans>
      </Button>
    </div>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <label className="shift__clock">
      {label}
      <input
        className="input roster__day"
        dir="ltr"
        placeholder="2026-12-01"
        maxLength={10}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

const bound = (id: string): Bound => ({ id, 'aria-describedby': undefined, 'aria-invalid': false });
