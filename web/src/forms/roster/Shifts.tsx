// Shifts: a position, days of the week, from when until when by the local clock, who is rung after it, and in which languages.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useLanguage } from '../../language/LanguageProvider';
import { LANGUAGES } from '../../language/languages';
import { Alternates } from './Alternates';
import { PositionInput } from './PositionInput';
import { blankShift, changed, isNight, minutesOf, type ShiftEntry, toggled, WEEKDAYS, without } from './roster';
import { useDayNames } from './useDayNames';

interface Props {
  readonly value: readonly ShiftEntry[];
  readonly onChange: (value: readonly ShiftEntry[]) => void;
}

export function Shifts({ value, onChange }: Props) {
  return (
    <div className="shifts">
      {value.map((shift, at) => (
        <Shift
          key={shift.key}
          number={at + 1}
          value={shift}
          onChange={(part) => onChange(changed(value, shift.key, part))}
          onRemove={value.length > 1 ? () => onChange(without(value, shift.key)) : null}
        />
      ))}
      <Button className="key key--small" data-adds-shift onPress={() => onChange([...value, blankShift()])}>
        <Trans>Add a shift</Trans>
      </Button>
    </div>
  );
}

interface ShiftProps {
  readonly number: number;
  readonly value: ShiftEntry;
  readonly onChange: (part: Partial<ShiftEntry>) => void;
  readonly onRemove: (() => void) | null;
}

function Shift({ number, value, onChange, onRemove }: ShiftProps) {
  const { t } = useLingui();
  const { floor } = useSeat();
  const days = useDayNames('short');
  const languages = [...new Set([...floor.view.languages, ...LANGUAGES, ...value.languages])];
  return (
    <fieldset className="shift" data-shift={number}>
      <legend>
        <Trans>Shift {number}</Trans>
      </legend>
      <div className="inline">
        <PositionInput label={t`Position`} value={value.position} onChange={(position) => onChange({ position })} />
        <Clock label={t`From`} value={value.from} onChange={(from) => onChange({ from })} />
        <Clock label={t`Until`} value={value.until} onChange={(until) => onChange({ until })} />
        {isNight(value) && (
          <span className="note">
            <Trans>until the next day</Trans>
          </span>
        )}
        {onRemove && (
          <Button className="key key--small" aria-label={t`Take out: shift ${number}`} onPress={onRemove}>
            <Trans>Take out</Trans>
          </Button>
        )}
      </div>
      <div className="inline">
        {WEEKDAYS.map((day) => (
          <Check
            key={day}
            title={days[day] ?? ''}
            checked={value.days.includes(day)}
            onChange={() => onChange({ days: toggled(value.days, day, WEEKDAYS) })}
          />
        ))}
      </div>
      <div className="shift__after">
        <Group title={t`Rung after it`}>
          <Alternates value={value.alternates} onChange={(alternates) => onChange({ alternates })} />
        </Group>
        <Group title={t`Languages`}>
          <div className="inline">
            {languages.map((tag) => (
              <Check
                key={tag}
                title={<LanguageName tag={tag} />}
                checked={value.languages.includes(tag)}
                onChange={() => onChange({ languages: toggled(value.languages, tag, languages) })}
              />
            ))}
          </div>
        </Group>
      </div>
    </fieldset>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset within a fieldset is read twice
    <div className="shift__group" role="group" aria-label={title}>
      <span className="shift__title">{title}</span>
      {children}
    </div>
  );
}

interface ClockProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Clock({ label, value, onChange }: ClockProps) {
  return (
    <label className="shift__clock">
      {label}
      <input
        className="input input--time"
        dir="ltr"
        inputMode="numeric"
        maxLength={5}
        placeholder="00:00"
        aria-invalid={minutesOf(value) === null}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

interface CheckProps {
  readonly title: React.ReactNode;
  readonly checked: boolean;
  readonly onChange: () => void;
}

function Check({ title, checked, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={onChange} />
      <bdi>{title}</bdi>
    </label>
  );
}

export function LanguageName({ tag }: { readonly tag: string }) {
  const { locale } = useLanguage();
  return new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
}
