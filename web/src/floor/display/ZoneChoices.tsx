// The zone in which this terminal writes times, and the clock of each member on the strip: by offset from UTC, no place named.

import { Trans, useLingui } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { type Conventions, OFFSET_ZONES } from '../../forms/conventions';
import { Select } from '../../forms/Select';
import { zoneWord } from '../../parts/moment';
import { Ref } from '../../parts/Words';

interface Props {
  readonly conventions: Conventions;
  readonly onChange: (part: Partial<Conventions>) => void;
}

export function ZoneChoices({ conventions, onChange }: Props) {
  const { t } = useLingui();
  const { floor } = useSeat();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = Date.now();
  const offsets = OFFSET_ZONES.map((zone) => ({ value: zone, title: zoneWord(now, zone) }));
  const setMember = (code: string, zone: string) => {
    const { [code]: _, ...rest } = conventions.memberZones;
    onChange({ memberZones: zone ? { ...rest, [code]: zone } : rest });
  };
  return (
    <fieldset className="choice zones">
      <legend>
        <Trans>Clocks</Trans>
      </legend>
      <span className="zones__one">
        <span>
          <Trans>Times are written in</Trans>
        </span>
        <Select
          label={t`Zone in which times are written`}
          value={conventions.zone ?? 'UTC'}
          options={[
            ...offsets,
            ...(OFFSET_ZONES.includes(own)
              ? []
              : [{ value: own, title: `${zoneWord(now, own)} ${t`(this machine)`}` }]),
          ]}
          onChange={(zone) => onChange({ zone: zone === 'UTC' ? null : zone })}
        />
      </span>
      {floor.view.members.map(({ code }) => (
        <span className="zones__one" key={code}>
          <Ref>{code}</Ref>
          <Select
            label={t`Clock of ${code}`}
            value={conventions.memberZones[code] ?? ''}
            options={[{ value: '', title: t`no clock` }, ...offsets]}
            onChange={(zone) => setMember(code, zone)}
          />
        </span>
      ))}
    </fieldset>
  );
}
