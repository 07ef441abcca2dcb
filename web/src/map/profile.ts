// The height profile: the bands of volumes, floor to ceiling, in one column for each datum. Heights over different datums are
// never drawn on one scale, and a volume whose floor and ceiling have different datums stands in both columns, open where the
// other is not known. Pure; heights in centimetres.

import { DATUMS, type Datum, type Height } from '../forms/height';
import type { ItemKind, MapItem } from './volume';

export interface Band {
  readonly reference: string;
  readonly kind: ItemKind;
  /** Null: from the ground, or unknown over this datum. */
  readonly floorCm: number | null;
  /** Null: without limit, or unknown over this datum. */
  readonly ceilingCm: number | null;
  /** The floor is stated over another datum. */
  readonly floorElsewhere: boolean;
  readonly ceilingElsewhere: boolean;
}

export interface Column {
  readonly datum: Datum;
  readonly bands: readonly Band[];
  readonly lowestCm: number;
  readonly highestCm: number;
  readonly ticksCm: readonly number[];
}

export interface Profile {
  readonly columns: readonly Column[];
  /** References of items with neither floor nor ceiling: from the ground up without limit, over no datum. */
  readonly unbounded: readonly string[];
}

const LEAST_SPAN_CM = 10_000;
const TICKS = 4;

export function profileOf(items: readonly MapItem[]): Profile {
  const columns = DATUMS.map((datum) => columnOf(datum, items)).filter((column) => column !== null);
  const unbounded = items.filter((item) => item.volumes.some((one) => !one.floor && !one.ceiling));
  return { columns, unbounded: unbounded.map((item) => item.reference) };
}

function columnOf(datum: Datum, items: readonly MapItem[]): Column | null {
  const bands = items.flatMap((item) =>
    item.volumes.flatMap((volume) => bandOf(datum, item, volume.floor, volume.ceiling)),
  );
  if (bands.length === 0) return null;
  const heights = bands.flatMap((band) => [band.floorCm, band.ceilingCm]).filter((one) => one !== null);
  const lowestCm = Math.min(0, ...heights);
  const highest = Math.max(lowestCm + LEAST_SPAN_CM, ...heights);
  const step = roundStep((highest - lowestCm) / TICKS);
  const first = Math.ceil(lowestCm / step);
  const highestCm = Math.ceil(highest / step) * step;
  const count = Math.floor(highestCm / step) - first + 1;
  const ticksCm = Array.from({ length: count }, (_, at) => (first + at) * step);
  return { datum, bands, lowestCm, highestCm, ticksCm };
}

function bandOf(datum: Datum, item: MapItem, floor: Height | undefined, ceiling: Height | undefined): readonly Band[] {
  if (floor?.[1] !== datum && ceiling?.[1] !== datum) return [];
  return [
    {
      reference: item.reference,
      kind: item.kind,
      floorCm: floor?.[1] === datum ? floor[0] : null,
      ceilingCm: ceiling?.[1] === datum ? ceiling[0] : null,
      floorElsewhere: floor !== undefined && floor[1] !== datum,
      ceilingElsewhere: ceiling !== undefined && ceiling[1] !== datum,
    },
  ];
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? least;
}

/** Where a height stands in its column, 0 at the foot and 1 at the top. */
export const shareOf = (column: Column, cm: number): number =>
  (cm - column.lowestCm) / (column.highestCm - column.lowestCm);
