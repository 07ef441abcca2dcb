// An area: a circle by its centre and radius, or a polygon corner by corner. Where it is read back, only the places that are
// asked for can be entered.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { type AreaEntry, areaInConvention, LEAST_CORNERS, MAX_CORNERS, SHAPES } from './area';
import type { Bound } from './Labelled';
import { ConventionSelect, PlaceInput } from './PlaceInput';
import { blankPlace, type PlaceEntry } from './place';
import { Select } from './Select';

interface Props {
  readonly bound: Bound;
  readonly value: AreaEntry;
  readonly onChange: (value: AreaEntry) => void;
  /** In a read-back: the shape stands, and of a polygon only this corner is entered. */
  readonly onlyCorner?: number | null | undefined;
  /** Whether it may be a corridor: a line and its width. */
  readonly withCorridor?: boolean;
}

export function AreaInput({ bound, value, onChange, onlyCorner, withCorridor = false }: Props) {
  const { t } = useLingui();
  const readsBack = onlyCorner !== undefined;
  const convention = value.centre.convention;
  return (
    <div className="stack">
      <div className="inline">
        {!readsBack && (
          <Select
            label={t`Shape`}
            value={value.shape}
            options={[
              { value: 'circle', title: t`Circle` },
              { value: 'polygon', title: t`Polygon` },
              ...(withCorridor ? [{ value: 'corridor', title: t`Corridor` }] : []),
            ]}
            onChange={(shape) => onChange({ ...value, shape: SHAPES.find((one) => one === shape) ?? 'circle' })}
          />
        )}
        <ConventionSelect value={convention} onChange={(next) => onChange(areaInConvention(value, next))} />
      </div>
      {value.shape === 'circle' ? (
        <Circle bound={bound} value={value} onChange={onChange} />
      ) : (
        <>
          {value.shape === 'corridor' && <Width bound={bound} value={value} onChange={onChange} />}
          <Polygon bound={bound} value={value} onChange={onChange} onlyCorner={onlyCorner} />
        </>
      )}
    </div>
  );
}

function Circle({ bound, value, onChange }: Props) {
  const { t } = useLingui();
  return (
    <div className="inline">
      <span className="inline__name">
        <Trans>Centre</Trans>
      </span>
      <PlaceInput
        bound={bound}
        value={value.centre}
        onChange={(centre) => onChange({ ...value, centre })}
        withoutConvention
      />
      <span className="inline__name">
        <Trans>Radius</Trans>
      </span>
      <span className="inline" dir="ltr">
        <input
          className="input input--four"
          aria-label={t`Radius in metres`}
          aria-invalid={bound['aria-invalid']}
          inputMode="numeric"
          maxLength={7}
          value={value.radius}
          onChange={({ target }) => onChange({ ...value, radius: target.value })}
        />
        <span>{t`m`}</span>
      </span>
    </div>
  );
}

function Width({ bound, value, onChange }: Props) {
  const { t } = useLingui();
  return (
    <div className="inline">
      <span className="inline__name">
        <Trans>Width</Trans>
      </span>
      <span className="inline" dir="ltr">
        <input
          className="input input--four"
          aria-label={t`Width in metres`}
          aria-invalid={bound['aria-invalid']}
          inputMode="numeric"
          maxLength={7}
          value={value.width}
          onChange={({ target }) => onChange({ ...value, width: target.value })}
        />
        <span>{t`m`}</span>
      </span>
    </div>
  );
}

function Polygon({ bound, value, onChange, onlyCorner }: Props) {
  const { t } = useLingui();
  const put = (at: number, corner: PlaceEntry) =>
    onChange({ ...value, corners: value.corners.map((one, other) => (other === at ? corner : one)) });
  const shown = value.corners
    .map((corner, at) => ({ corner, at }))
    .filter(({ at }) => onlyCorner === undefined || onlyCorner === null || at === onlyCorner);
  return (
    <ol className="stack">
      {shown.map(({ corner, at }) => {
        const number = at + 1;
        return (
          <li className="inline" key={number}>
            <span className="inline__name">
              <Trans>Corner {number}</Trans>
            </span>
            <PlaceInput
              bound={{ ...bound, id: `${bound.id}-${number}` }}
              value={corner}
              onChange={(next) => put(at, next)}
              withoutConvention
            />
            {onlyCorner === undefined && value.corners.length > LEAST_CORNERS[value.shape] && (
              <Button
                className="key key--small"
                aria-label={t`Remove corner ${number}`}
                onPress={() => onChange({ ...value, corners: value.corners.filter((_, other) => other !== at) })}
              >
                <Trans>Remove</Trans>
              </Button>
            )}
          </li>
        );
      })}
      {onlyCorner === undefined && value.corners.length < MAX_CORNERS && (
        <li>
          <Button
            className="key key--small"
            onPress={() => onChange({ ...value, corners: [...value.corners, blankPlace(value.centre.convention)] })}
          >
            <Trans>Add a corner</Trans>
          </Button>
        </li>
      )}
    </ol>
  );
}
