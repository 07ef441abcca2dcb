// Floors and ceilings of what is shown, as a small diagram: one column for each datum, never merged. The same figures stand in a
// table for assistive technology.

import { Trans, useLingui } from '@lingui/react/macro';
import type { Datum } from '../forms/height';
import { lengthIn } from '../forms/height';
import { Ref } from '../parts/Words';
import { type Band, type Column, profileOf, shareOf } from './profile';
import type { MapItem } from './volume';

const HEIGHT = 118;
const TOP = 8;
const LEFT = 42;
const RIGHT = 46;
const BAR = 10;
const GAP = 4;
const MOST_BANDS = 4;

/** What scrolls is reached by keyboard. */
const SCROLLS = { tabIndex: 0 };

interface Props {
  readonly items: readonly MapItem[];
  readonly selected: string | null;
}

export function HeightProfile({ items, selected }: Props) {
  const { t } = useLingui();
  const profile = profileOf(items);
  const titles = { AMSL: t`above mean sea level`, AGL: t`above ground`, WGS84: t`above the WGS 84 ellipsoid` };
  return (
    <section className="profile" aria-label={t`Heights`} {...SCROLLS}>
      {profile.columns.length === 0 && (
        <p className="note">
          <Trans>No heights are stated for what is active.</Trans>
        </p>
      )}
      <div className="profile__columns">
        {profile.columns.map((column) => (
          <figure className="profile__column" key={column.datum}>
            <figcaption>
              <bdi dir="ltr">{column.datum}</bdi> <span>{titles[column.datum]}</span>
            </figcaption>
            <Diagram column={column} selected={selected} />
            <Key column={column} selected={selected} />
            <BandTable column={column} title={titles[column.datum]} />
          </figure>
        ))}
      </div>
      {profile.columns.length > 1 && (
        <p className="note">
          <Trans>Heights over different datums cannot be compared on a chart.</Trans>
        </p>
      )}
      {profile.unbounded.length > 0 && (
        <p className="note">
          <Trans>From the ground up without limit:</Trans>{' '}
          {profile.unbounded.slice(0, MOST_BANDS).map((reference) => (
            <span className="profile__ref" key={reference}>
              <Ref>{reference}</Ref>
            </span>
          ))}
          {profile.unbounded.length > MOST_BANDS && <bdi dir="ltr">+{profile.unbounded.length - MOST_BANDS}</bdi>}
        </p>
      )}
    </section>
  );
}

/** Bands drawn: the selected item's first, so that it is never among those left out. */
function shownBands(column: Column, selected: string | null): readonly (readonly [string, Band])[] {
  const ordered = [
    ...column.bands.filter((band) => band.reference === selected),
    ...column.bands.filter((band) => band.reference !== selected),
  ];
  return ordered.slice(0, MOST_BANDS).map((band, at) => [`${band.reference} ${at}`, band]);
}

function Diagram({ column, selected }: { readonly column: Column; readonly selected: string | null }) {
  const bands = shownBands(column, selected);
  const width = LEFT + RIGHT + Math.max(2, bands.length) * (BAR + GAP);
  const foot = TOP + HEIGHT;
  const y = (cm: number) => foot - shareOf(column, cm) * HEIGHT;
  return (
    <svg
      className="profile__diagram"
      viewBox={`0 0 ${width} ${foot + 14}`}
      width={width}
      height={foot + 14}
      direction="ltr"
      aria-hidden="true"
    >
      {column.ticksCm.map((cm) => (
        <g key={cm}>
          <line className="profile__tick" x1={LEFT} x2={width - RIGHT} y1={y(cm)} y2={y(cm)} />
          <text x={LEFT - 4} y={y(cm) + 3} textAnchor="end">
            {lengthIn(cm, 'm')} m
          </text>
          <text x={width - RIGHT + 4} y={y(cm) + 3}>
            {Math.round(cm / 30.48)} ft
          </text>
        </g>
      ))}
      {bands.map(([key, band], at) => {
        const [low, high] = [band.floorCm ?? column.lowestCm, band.ceilingCm ?? column.highestCm];
        const x = LEFT + GAP / 2 + at * (BAR + GAP);
        return (
          <g key={key} className={`kind kind--${band.kind}${band.reference === selected ? ' is-selected' : ''}`}>
            <rect
              className="profile__band"
              x={x}
              width={BAR}
              y={y(high)}
              height={Math.max(2, y(low) - y(high))}
              rx="2"
            />
            {band.floorCm === null && <path className="profile__open" d={arrow(x + BAR / 2, foot, 1)} />}
            {band.ceilingCm === null && <path className="profile__open" d={arrow(x + BAR / 2, y(high), -1)} />}
            <text className="profile__number" x={x + BAR / 2} y={foot + 11} textAnchor="middle">
              {at + 1}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Which number of the diagram is which item. */
function Key({ column, selected }: { readonly column: Column; readonly selected: string | null }) {
  const rest = column.bands.length - MOST_BANDS;
  return (
    <ol className="profile__key" aria-hidden="true">
      {shownBands(column, selected).map(([key, band], at) => (
        <li key={key}>
          <bdi dir="ltr">{at + 1}</bdi> <Ref>{band.reference}</Ref>
        </li>
      ))}
      {rest > 0 && (
        <li>
          <bdi dir="ltr">+{rest}</bdi>
        </li>
      )}
    </ol>
  );
}

const arrow = (x: number, y: number, way: 1 | -1): string =>
  `M${x - 4} ${y - 4 * way}L${x} ${y}L${x + 4} ${y - 4 * way}`;

function BandTable({ column, title }: { readonly column: Column; readonly title: string }) {
  return (
    <table className="unseen">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Item</Trans>
          </th>
          <th scope="col">
            <Trans>Floor</Trans>
          </th>
          <th scope="col">
            <Trans>Ceiling</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {column.bands.map((band, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bands of one item have no other name.
          <tr key={at}>
            <th scope="row">
              <Ref>{band.reference}</Ref>
            </th>
            <td>
              <End cm={band.floorCm} elsewhere={band.floorElsewhere} datum={column.datum} end="floor" />
            </td>
            <td>
              <End cm={band.ceilingCm} elsewhere={band.ceilingElsewhere} datum={column.datum} end="ceiling" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface EndProps {
  readonly cm: number | null;
  readonly elsewhere: boolean;
  readonly datum: Datum;
  readonly end: 'floor' | 'ceiling';
}

function End({ cm, elsewhere, datum, end }: EndProps) {
  if (cm !== null) {
    return (
      <bdi dir="ltr">
        {lengthIn(cm, 'm')} m, {lengthIn(cm, 'ft')} ft {datum}
      </bdi>
    );
  }
  if (elsewhere) return <Trans>stated over another datum</Trans>;
  return end === 'floor' ? <Trans>from the ground</Trans> : <Trans>without limit</Trans>;
}
