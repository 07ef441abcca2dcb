// Volumes: where, from when until when, and between which heights; one card each.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useNow } from '../parts/Now';
import { AreaInput } from './AreaInput';
import { useConventions } from './ConventionsProvider';
import { HeightInput } from './HeightInput';
import { InstantInput } from './InstantInput';
import type { Bound } from './Labelled';
import { blankVolume, MAX_VOLUMES, type VolumeEntry } from './volumes';

interface Props {
  readonly bound: Bound;
  readonly value: readonly VolumeEntry[];
  readonly onChange: (value: readonly VolumeEntry[]) => void;
}

export function VolumesInput({ bound, value, onChange }: Props) {
  const { t } = useLingui();
  const { conventions } = useConventions();
  const nowMs = useNow();
  const put = (at: number, one: VolumeEntry) => onChange(value.map((other, place) => (place === at ? one : other)));
  return (
    <ol className="stack volumes">
      {value.map((one, at) => {
        const number = at + 1;
        return (
          <li className="stack volumes__one" key={number} data-volume={number}>
            {value.length > 1 && (
              <div className="inline">
                <span className="inline__name">
                  <Trans>Volume {number}</Trans>
                </span>
                <Button
                  className="key key--small"
                  aria-label={t`Remove volume ${number}`}
                  onPress={() => onChange(value.filter((_, place) => place !== at))}
                >
                  <Trans>Remove</Trans>
                </Button>
              </div>
            )}
            <OneVolume
              bound={{ ...bound, id: `${bound.id}-${number}` }}
              value={one}
              onChange={(next) => put(at, next)}
            />
          </li>
        );
      })}
      {value.length < MAX_VOLUMES && (
        <li>
          <Button
            className="key key--small"
            data-adds-volume
            onPress={() => onChange([...value, value.at(-1) ?? blankVolume(conventions, nowMs)])}
          >
            <Trans>Add a volume</Trans>
          </Button>
        </li>
      )}
    </ol>
  );
}

interface OneProps {
  readonly bound: Bound;
  readonly value: VolumeEntry;
  readonly onChange: (value: VolumeEntry) => void;
}

function OneVolume({ bound, value, onChange }: OneProps) {
  const part = (name: string): Bound => ({ ...bound, id: `${bound.id}-${name}` });
  return (
    <>
      <AreaInput bound={bound} value={value.area} onChange={(area) => onChange({ ...value, area })} withCorridor />
      <fieldset className="inline" data-part="start">
        <legend className="inline__name">
          <Trans>Begins</Trans>
        </legend>
        <InstantInput bound={part('start')} value={value.start} onChange={(start) => onChange({ ...value, start })} />
      </fieldset>
      <fieldset className="inline" data-part="end">
        <legend className="inline__name">
          <Trans>Ends</Trans>
        </legend>
        <InstantInput bound={part('end')} value={value.end} onChange={(end) => onChange({ ...value, end })} />
      </fieldset>
      <fieldset className="inline" data-part="floor">
        <legend className="inline__name">
          <Trans>From (empty: the ground)</Trans>
        </legend>
        <HeightInput bound={part('floor')} value={value.floor} onChange={(floor) => onChange({ ...value, floor })} />
      </fieldset>
      <fieldset className="inline" data-part="ceiling">
        <legend className="inline__name">
          <Trans>Up to (empty: no limit)</Trans>
        </legend>
        <HeightInput
          bound={part('ceiling')}
          value={value.ceiling}
          onChange={(ceiling) => onChange({ ...value, ceiling })}
        />
      </fieldset>
    </>
  );
}
