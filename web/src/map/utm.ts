// Universal Transverse Mercator on WGS 84, zone by zone: Krüger's series in the third flattening to its fourth order, which is
// good to a tenth of a millimetre within a zone (Karney 2011, eqs 7–12). Zones as MGRS has them, with those that are wider or
// narrower over south-west Norway and Svalbard. Pure.

import type { Spot } from './geodesy';

export interface Zone {
  readonly number: number;
  /** Degrees. */
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

export interface Metres {
  readonly easting: number;
  /** North of the equator; negative south of it, without the false northing. */
  readonly northing: number;
}

export const SOUTH_END = -80;
export const NORTH_END = 84;
const SCALE = 0.9996;
const FALSE_EASTING = 500_000;
const FLATTENING = 1 / 298.257223563;
const N = FLATTENING / (2 - FLATTENING);
const RADIUS = (6_378_137 / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const E = Math.sqrt(FLATTENING * (2 - FLATTENING));
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3 + (41 / 180) * N ** 4,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3 + (557 / 1440) * N ** 4,
  (61 / 240) * N ** 3 - (103 / 140) * N ** 4,
  (49561 / 161280) * N ** 4,
];
const BETA = [
  N / 2 - (2 / 3) * N ** 2 + (37 / 96) * N ** 3 - (1 / 360) * N ** 4,
  (1 / 48) * N ** 2 + (1 / 15) * N ** 3 - (437 / 1440) * N ** 4,
  (17 / 480) * N ** 3 - (37 / 840) * N ** 4,
  (4397 / 161280) * N ** 4,
];
const RADIAN = Math.PI / 180;

const centralOf = (zone: number): number => zone * 6 - 183;

export function toMetres([longitude, latitude]: Spot, zone: number): Metres {
  const east = (longitude - centralOf(zone)) * RADIAN;
  const conformal = conformalTangent(Math.tan(latitude * RADIAN));
  const xi = Math.atan2(conformal, Math.cos(east));
  const eta = Math.asinh(Math.sin(east) / Math.hypot(conformal, Math.cos(east)));
  const sum = ALPHA.reduce(
    ([x, y], alpha, at) => {
      const order = 2 * (at + 1);
      return [
        x + alpha * Math.sin(order * xi) * Math.cosh(order * eta),
        y + alpha * Math.cos(order * xi) * Math.sinh(order * eta),
      ] as const;
    },
    [xi, eta] as const,
  );
  return { northing: SCALE * RADIUS * sum[0], easting: FALSE_EASTING + SCALE * RADIUS * sum[1] };
}

export function fromMetres({ easting, northing }: Metres, zone: number): Spot {
  const [xi, eta] = [northing / (SCALE * RADIUS), (easting - FALSE_EASTING) / (SCALE * RADIUS)];
  const [x, y] = BETA.reduce(
    ([a, b], beta, at) => {
      const order = 2 * (at + 1);
      return [
        a - beta * Math.sin(order * xi) * Math.cosh(order * eta),
        b - beta * Math.cos(order * xi) * Math.sinh(order * eta),
      ] as const;
    },
    [xi, eta] as const,
  );
  const conformal = Math.sin(x) / Math.hypot(Math.sinh(y), Math.cos(x));
  let tangent = conformal;
  for (let turn = 0; turn < 4; turn++) {
    const tried = conformalTangent(tangent);
    const slope = (1 + (1 - E * E) * tangent * tangent) / ((1 - E * E) * Math.hypot(1, tried) * Math.hypot(1, tangent));
    tangent += (conformal - tried) * slope;
  }
  return [centralOf(zone) + Math.atan2(Math.sinh(y), Math.cos(x)) / RADIAN, Math.atan(tangent) / RADIAN];
}

function conformalTangent(tangent: number): number {
  const sigma = Math.sinh(E * Math.atanh((E * tangent) / Math.hypot(1, tangent)));
  return tangent * Math.hypot(1, sigma) - sigma * Math.hypot(1, tangent);
}

/** Zones that overlap a box within −180 to 180 degrees. */
export function zonesIn(west: number, south: number, east: number, north: number): readonly Zone[] {
  return ZONES.filter((one) => one.west < east && one.east > west && one.south < north && one.north > south);
}

const ZONES: readonly Zone[] = Array.from({ length: 60 }, (_, at) => at + 1).flatMap((number) => {
  const west = number * 6 - 186;
  const whole: Zone = { number, west, east: west + 6, south: SOUTH_END, north: NORTH_END };
  if (number < 31 || number > 37) return [whole];
  const below = { ...whole, north: 72 };
  const svalbard = { 31: [0, 9], 33: [9, 21], 35: [21, 33], 37: [33, 42] }[number];
  const above = svalbard ? [{ ...whole, south: 72, west: svalbard[0] ?? 0, east: svalbard[1] ?? 0 }] : [];
  if (number > 32) return [below, ...above];
  const norway = { ...whole, south: 56, north: 64, ...(number === 31 ? { east: 3 } : { west: 3 }) };
  return [{ ...whole, north: 56 }, norway, { ...whole, south: 64, north: 72 }, ...above];
});
