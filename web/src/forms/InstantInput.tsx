// A moment: day, month by name, year, time in 24 hours, zone; and the same moment in UTC beside it, where the zone is another.

import { Trans, useLingui } from '@lingui/react/macro';
import { useLanguage } from '../language/LanguageProvider';
import { Moment } from '../parts/Moment';
import { zoneWord } from '../parts/moment';
import { useConventions } from './ConventionsProvider';
import { type InstantEntry, readInstant, writeInstant } from './instant';
import type { Bound } from './Labelled';
import { Select } from './Select';

interface Props {
  readonly bound: Bound;
  readonly value: InstantEntry;
  readonly onChange: (value: InstantEntry) => void;
}

export function InstantInput({ bound, value, onChange }: Props) {
  const { t } = useLingui();
  const { locale } = useLanguage();
  const { conventions } = useConventions();
  const read = readInstant(value);
  const set = (part: Partial<InstantEntry>) => onChange({ ...value, ...part });
  const months = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const zones = [...new Set([null, conventions.zone, Intl.DateTimeFormat().resolvedOptions().timeZone, value.zone])];
  const named = new Map(zones.map((zone) => [zoneWord(read.ok ? read.value : Date.UTC(2026, 0, 1), zone), zone]));
  return (
    <div className="inline" dir="ltr">
      <input
        {...bound}
        className="input input--time"
        aria-label={t`Time of day`}
        inputMode="numeric"
        placeholder="00:00"
        maxLength={5}
        value={value.time}
        onChange={({ target }) => set({ time: target.value })}
      />
      <Select
        label={t`Zone of the time`}
        value={zoneWord(read.ok ? read.value : Date.UTC(2026, 0, 1), value.zone)}
        options={Array.from(named.keys(), (word) => ({ value: word, title: word }))}
        onChange={(word) => set(inZone(value, named.get(word) ?? null))}
      />
      <input
        className="input input--two"
        aria-label={t`Day`}
        inputMode="numeric"
        maxLength={2}
        value={value.day}
        onChange={({ target }) => set({ day: target.value })}
      />
      <Select
        label={t`Month`}
        value={value.month}
        options={Array.from({ length: 12 }, (_, at) => ({
          value: String(at + 1),
          title: months.format(Date.UTC(2026, at, 1)),
        }))}
        onChange={(month) => set({ month })}
      />
      <input
        className="input input--four"
        aria-label={t`Year`}
        inputMode="numeric"
        maxLength={4}
        value={value.year}
        onChange={({ target }) => set({ year: target.value })}
      />
      {read.ok && zoneWord(read.value, value.zone) !== zoneWord(read.value, null) && (
        <bdi className="inline__same">
          <Trans>
            is <Moment atMs={read.value} date />
          </Trans>
        </bdi>
      )}
    </div>
  );
}

/** The same moment in another zone; what cannot be read keeps its numbers. */
function inZone(entry: InstantEntry, zone: string | null): InstantEntry {
  const read = readInstant(entry);
  return read.ok ? writeInstant(read.value, zone) : { ...entry, zone };
}
