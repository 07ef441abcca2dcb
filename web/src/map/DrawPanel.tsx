// Drawing an area in figures: what was drawn on the map, point by point, in any convention, to be corrected or entered here. Says
// where a boundary crosses itself, and what the area would clash with, while it is drawn.

import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { Button } from 'react-aria-components';
import { useConventions } from '../forms/ConventionsProvider';
import { FaultWord } from '../forms/FaultWord';
import { ConventionSelect, PlaceInput } from '../forms/PlaceInput';
import { degrees, gridOf, type Place } from '../forms/place';
import { Warning } from '../parts/icons';
import { Ref } from '../parts/Words';
import { type Draft, type Drawing, MAX_POINTS, SHAPES, type Stroke } from './draft';
import { useMapWords } from './words';

interface Props {
  readonly draft: Draft;
  readonly drawing: Drawing;
  /** How many areas the draft has besides. */
  readonly kept: number;
  readonly clashes: readonly string[];
  readonly onStroke: (stroke: Stroke) => void;
  readonly onKeep: () => void;
  readonly onClear: () => void;
}

export function DrawPanel({ draft, drawing, kept, clashes, onStroke, onKeep, onClear }: Props) {
  const { t } = useLingui();
  const names = { circle: t`Circle`, polygon: t`Polygon`, corridor: t`Corridor` };
  const room = draft.points.length < (draft.shape === 'circle' ? 1 : MAX_POINTS);
  return (
    <section className="draw" aria-label={t`Drawing an area`}>
      <fieldset className="draw__shapes">
        <legend>
          <Trans>Shape</Trans>
        </legend>
        {SHAPES.map((shape) => (
          <label className="check" key={shape}>
            <input
              type="radio"
              name="shape"
              value={shape}
              checked={draft.shape === shape}
              onChange={() => onStroke({ shape })}
            />
            {names[shape]}
          </label>
        ))}
      </fieldset>
      <p className="note">
        <How shape={draft.shape} />
      </p>
      <ConventionSelect value={draft.convention} onChange={(convention) => onStroke({ convention })} />
      <Points draft={draft} onStroke={onStroke} />
      {draft.shape !== 'polygon' && <Metres draft={draft} onStroke={onStroke} />}
      <Verdict drawing={drawing} clashes={clashes} />
      <div className="draw__keys">
        {room && (
          <Button className="key key--small" onPress={() => onStroke({ blank: true })}>
            {draft.shape === 'circle' ? <Trans>Enter the centre</Trans> : <Trans>Enter a point</Trans>}
          </Button>
        )}
        <Button className="key key--small" isDisabled={drawing.area === null} onPress={onKeep}>
          <Trans>Another area</Trans>
        </Button>
        <Button className="key key--small" onPress={onClear}>
          <Trans>Clear</Trans>
        </Button>
      </div>
      {kept > 0 && (
        <p className="note">
          <Trans>Areas kept: {kept}</Trans>
        </p>
      )}
    </section>
  );
}

function How({ shape }: { readonly shape: Draft['shape'] }) {
  if (shape === 'circle') {
    return <Trans>On the map: press the centre, then a point of the rim. By keyboard: move the map, then Enter.</Trans>;
  }
  if (shape === 'polygon') {
    return (
      <Trans>
        On the map: press each corner. By keyboard: move the map, then Enter. Backspace takes the last away.
      </Trans>
    );
  }
  return (
    <Trans>
      On the map: press each point of the line. By keyboard: move the map, then Enter. Backspace takes the last away.
    </Trans>
  );
}

function Points({ draft, onStroke }: Pick<Props, 'draft' | 'onStroke'>) {
  const id = useId();
  return (
    <ol className="stack">
      {draft.points.map((entry, at) => {
        const number = at + 1;
        return (
          <li className="draw__point" key={number}>
            <span className="inline__name">
              {draft.shape === 'circle' ? <Trans>Centre</Trans> : <Trans>Point {number}</Trans>}
            </span>
            <PlaceInput
              bound={{ id: `${id}-${number}`, 'aria-describedby': undefined, 'aria-invalid': false }}
              value={entry}
              onChange={(next) => onStroke({ at, entry: next })}
              withoutConvention
            />
            <Button className="key key--small" onPress={() => onStroke({ remove: at })}>
              <Trans>Remove</Trans>
              <span className="unseen">
                {draft.shape === 'circle' ? <Trans>Centre</Trans> : <Trans>Point {number}</Trans>}
              </span>
            </Button>
          </li>
        );
      })}
    </ol>
  );
}

function Metres({ draft, onStroke }: Pick<Props, 'draft' | 'onStroke'>) {
  const { t } = useLingui();
  const isCircle = draft.shape === 'circle';
  return (
    <label className="draw__metres">
      <span className="inline__name">{isCircle ? <Trans>Radius</Trans> : <Trans>Width</Trans>}</span>
      <span className="inline" dir="ltr">
        <input
          className="input input--four"
          aria-label={isCircle ? t`Radius in metres` : t`Width in metres`}
          inputMode="numeric"
          maxLength={7}
          value={draft.metres}
          onChange={({ target }) => onStroke({ metres: target.value })}
        />
        <span>{t`m`}</span>
      </span>
    </label>
  );
}

function Verdict({ drawing, clashes }: Pick<Props, 'drawing' | 'clashes'>) {
  const words = useMapWords();
  const [first, second] = drawing.crossing?.edges ?? [];
  return (
    <div className="draw__verdict" role="status">
      {drawing.crossing && (
        <p className="draw__bad">
          <Warning />
          <span>
            <Trans>
              Edge {first} crosses edge {second} at
            </Trans>{' '}
            <Spot place={drawing.crossing.place} />
          </span>
        </p>
      )}
      {drawing.fault && !drawing.crossing && (
        <p className="note">
          <FaultWord of={drawing.fault} />
        </p>
      )}
      {clashes.length > 0 && (
        <p className="draw__bad">
          <Warning />
          <span>
            <strong>{words.conflict}</strong>{' '}
            {clashes.map((reference) => (
              <span className="profile__ref" key={reference}>
                <Ref>{reference}</Ref>
              </span>
            ))}
          </span>
        </p>
      )}
    </div>
  );
}

/** A place in the officer's convention; near the poles, where there is no grid, in degrees. */
function Spot({ place }: { readonly place: Place }) {
  const { conventions } = useConventions();
  const words = useMapWords();
  const [latitude, longitude] = place;
  const { north, south, east, west } = words.hemispheres;
  const grid = conventions.coordinates === 'mgrs' ? gridOf(place) : null;
  if (grid) return <Ref>{grid}</Ref>;
  return (
    <>
      <bdi dir="ltr">{degrees(latitude)}</bdi> {latitude < 0 ? south : north} <bdi dir="ltr">{degrees(longitude)}</bdi>{' '}
      {longitude < 0 ? west : east}
    </>
  );
}
