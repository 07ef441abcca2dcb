// One value of a content, drawn by what its field is declared to be. Values of kinds that are not understood here are drawn
// by what they look like; nothing is left out.

import { Trans, useLingui } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import type { Field, FieldKind, Json } from '../../data/wire';
import { type Area, areaIn, placeIn } from '../../forms/area';
import { useConventions } from '../../forms/ConventionsProvider';
import { lengthIn } from '../../forms/height';
import { degrees, dms, gridOf, type Place } from '../../forms/place';
import { volumesIn } from '../../forms/volumes';
import { useLanguage } from '../../language/LanguageProvider';
import { FACTS, LANGUAGES } from '../../language/languages';
import { Moment } from '../../parts/Moment';
import { Span } from '../../parts/Span';
import { Code, Ref, Words } from '../../parts/Words';

export function FieldValue({ field, value }: { readonly field: Field | null; readonly value: Json }) {
  const { language } = useLanguage();
  const kind: FieldKind | null = field?.kind ?? null;
  switch (kind) {
    case 'instant':
      return <InstantValue value={value} />;
    case 'span':
      return typeof value === 'number' ? <Span ms={value} /> : <Raw value={value} />;
    case 'place': {
      const place = placeIn(value);
      return place ? <PlaceValue of={place} /> : <Raw value={value} />;
    }
    case 'area': {
      const area = areaIn(value);
      return area ? <AreaValue of={area} /> : <Raw value={value} />;
    }
    case 'volumes':
      return <VolumesValue value={value} />;
    case 'height':
      return <HeightValue value={value} />;
    case 'choice': {
      const choice = field?.choices.find((one) => one.value === value);
      return choice ? <bdi>{titleIn(choice.title, language)}</bdi> : <Raw value={value} />;
    }
    case 'names':
      return <NamesValue value={value} />;
    case 'references':
      return <ReferencesValue value={value} />;
    case 'flag':
      return value === true ? <Trans>yes</Trans> : <Trans>no</Trans>;
    case 'language':
      return <LanguageValue value={value} />;
    default:
      return <Raw value={value} />;
  }
}

function ReferencesValue({ value }: { readonly value: Json }) {
  if (!Array.isArray(value)) return <Raw value={value} />;
  return (
    <span className="value">
      {(value as readonly Json[]).map((one) => (
        <Ref key={String(one)}>{String(one)}</Ref>
      ))}
    </span>
  );
}

function InstantValue({ value }: { readonly value: Json }) {
  const { conventions } = useConventions();
  if (typeof value !== 'number') return <Raw value={value} />;
  return (
    <span className="value">
      <Moment atMs={value} date />
      {conventions.zone !== null && conventions.zone !== 'UTC' && (
        <span className="value__other">
          <Moment atMs={value} zone={conventions.zone} />
        </span>
      )}
    </span>
  );
}

/** In the terminal's own convention, and in decimal degrees beside it. */
export function PlaceValue({ of }: { readonly of: Place }) {
  const { t } = useLingui();
  const { coordinates } = useConventions().conventions;
  const write = coordinates === 'dms' ? dms : degrees;
  // Each number and each word is isolated by itself: together, an Arabic or Hebrew word between two numbers would swap them.
  const angles = (
    <>
      <Measure amount={write(of[0])} unit={of[0] < 0 ? t`S` : t`N`} />{' '}
      <Measure amount={write(of[1])} unit={of[1] < 0 ? t`W` : t`E`} />
    </>
  );
  const grid = gridOf(of);
  const square = grid && <bdi dir="ltr">{grid}</bdi>;
  return (
    <span className="value">
      <span>{coordinates === 'mgrs' && square ? square : angles}</span>
      {square && <span className="value__other">{coordinates === 'mgrs' ? angles : square}</span>}
    </span>
  );
}

/** A number and its unit or hemisphere, in the order in which they are read. */
function Measure({ amount, unit }: { readonly amount: string; readonly unit: string }) {
  return (
    <span className="measure">
      <bdi dir="ltr">{amount}</bdi> <bdi>{unit}</bdi>
    </span>
  );
}

function AreaValue({ of }: { readonly of: Area }) {
  const { t } = useLingui();
  if ('circle' in of) {
    const [latitude, longitude, radius] = of.circle;
    return (
      <span className="value value--stack">
        <Trans>
          circle of <Measure amount={String(radius)} unit={t`m`} /> around
        </Trans>{' '}
        <PlaceValue of={[latitude, longitude]} />
      </span>
    );
  }
  const places = 'polygon' in of ? of.polygon : of.corridor[0];
  const corners = places.map((corner, at) => ({ corner, number: at + 1 }));
  return (
    <details className="value value--stack">
      <summary>
        {'polygon' in of ? (
          <Trans>polygon of {corners.length} corners</Trans>
        ) : (
          <Trans>
            corridor <Measure amount={String(of.corridor[1])} unit={t`m`} /> wide along {corners.length} points
          </Trans>
        )}
      </summary>
      <ol>
        {corners.map(({ corner, number }) => (
          <li key={number}>
            <Trans>Corner {number}</Trans> <PlaceValue of={corner} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function VolumesValue({ value }: { readonly value: Json }) {
  const volumes = volumesIn(value).map((volume, at) => ({ volume, number: at + 1 }));
  return (
    <ol className="value value--stack volumes">
      {volumes.map(({ volume, number }) => {
        const area = areaIn(volume['area']);
        return (
          <li key={number} className="volumes__one">
            {area ? <AreaValue of={area} /> : <Raw value={volume['area'] ?? null} />}
            <Limit title={<Trans>Begins</Trans>}>
              <InstantValue value={volume['start'] ?? null} />
            </Limit>
            <Limit title={<Trans>Ends</Trans>}>
              <InstantValue value={volume['end'] ?? null} />
            </Limit>
            <Limit title={<Trans>Floor</Trans>}>
              {volume['floor'] === undefined ? <Trans>from the ground</Trans> : <HeightValue value={volume['floor']} />}
            </Limit>
            <Limit title={<Trans>Ceiling</Trans>}>
              {volume['ceiling'] === undefined ? (
                <Trans>without limit</Trans>
              ) : (
                <HeightValue value={volume['ceiling']} />
              )}
            </Limit>
          </li>
        );
      })}
    </ol>
  );
}

function Limit({ title, children }: { readonly title: React.ReactNode; readonly children: React.ReactNode }) {
  return (
    <span className="value value--line">
      <span className="value__name">{title}</span> {children}
    </span>
  );
}

function HeightValue({ value }: { readonly value: Json }) {
  const { t } = useLingui();
  const { lengths } = useConventions().conventions;
  const [centimetres, datum] = Array.isArray(value) ? (value as readonly Json[]) : [];
  if (typeof centimetres !== 'number') return <Raw value={value} />;
  const units = { m: t`m`, ft: t`ft` };
  const other = lengths === 'm' ? 'ft' : 'm';
  const datums: Readonly<Record<string, string>> = {
    AMSL: t`above mean sea level`,
    AGL: t`above ground`,
    WGS84: t`above the WGS 84 ellipsoid`,
  };
  return (
    <span className="value">
      <Measure amount={lengthIn(centimetres, lengths)} unit={units[lengths]} />
      <bdi>{datums[String(datum)] ?? String(datum)}</bdi>
      <span className="value__other">
        <Measure amount={lengthIn(centimetres, other)} unit={units[other]} />
      </span>
    </span>
  );
}

function NamesValue({ value }: { readonly value: Json }) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  if (!Array.isArray(value)) return <Raw value={value} />;
  return (
    <span className="value value--list">
      {(value as readonly Json[]).map(String).map((name) => (
        <bdi key={name}>{titleIn(floor.kind(name)?.title ?? { en: name }, language)}</bdi>
      ))}
    </span>
  );
}

export function LanguageValue({ value }: { readonly value: Json }) {
  const known = LANGUAGES.find((one) => one === value);
  return known ? <bdi lang={known}>{FACTS[known].name}</bdi> : <Raw value={value} />;
}

/** Whatever it is, isolated. */
function Raw({ value }: { readonly value: Json }) {
  if (value === null) return <Trans>nothing</Trans>;
  if (typeof value === 'string') return <Words of={{ text: value, language: '' }} />;
  if (typeof value === 'number') return <bdi dir="ltr">{String(value)}</bdi>;
  if (typeof value === 'boolean') return value ? <Trans>yes</Trans> : <Trans>no</Trans>;
  if (Array.isArray(value) && (value as readonly Json[]).every((one) => typeof one === 'string')) {
    return (
      <span className="value value--list">
        {(value as readonly string[]).map((one) => (
          <Ref key={one}>{one}</Ref>
        ))}
      </span>
    );
  }
  return <Code>{JSON.stringify(value)}</Code>;
}
