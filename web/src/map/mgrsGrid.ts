// The grid of MGRS for a view: squares of 100, 10 or 1 km, zone by zone, cut where zones meet. Squares of 100 km bear their
// letters in their middle; finer lines bear their principal digits along the edges of the view, as printed maps have them. Pure.

import { forward } from 'mgrs';
import { type Spot, wrapped } from './geodesy';
import type { Grid, GridLabel, GridLine, View } from './graticule';
import { fromMetres, NORTH_END, SOUTH_END, toMetres, type Zone, zonesIn } from './utm';

const FIRST_ZOOMS: readonly (readonly [zoom: number, metres: number])[] = [
  [12, 1_000],
  [9, 10_000],
  [6, 100_000],
];
const POINTS = 12;
const SQUARE_M = 100_000;
const MOST_LINES = 60;
const NOTHING: Grid = { lines: [], labels: [] };

/** Metres between lines at a zoom; null where there are none. */
export const gridSpacingAt = (zoom: number): number | null => FIRST_ZOOMS.find(([first]) => zoom >= first)?.[1] ?? null;

export function mgrsGridOf(view: View): Grid {
  const spacing = gridSpacingAt(view.zoom);
  if (spacing === null) return NOTHING;
  const turn = Math.floor((view.west + 180) / 360) * 360;
  const [west, east] = [view.west - turn, view.east - turn];
  const grids = [0, 360].flatMap((shift) =>
    zonesIn(west - shift, view.south, east - shift, view.north).map((zone) => {
      const [left, right] = [Math.max(zone.west, west - shift), Math.min(zone.east, east - shift)];
      const [foot, top] = [Math.max(zone.south, view.south, SOUTH_END), Math.min(zone.north, view.north, NORTH_END)];
      return moved(gridOf(zone, { west: left, east: right, south: foot, north: top }, spacing), shift + turn);
    }),
  );
  return { lines: grids.flatMap((grid) => grid.lines), labels: grids.flatMap((grid) => grid.labels) };
}

interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

function gridOf(zone: Zone, box: Box, spacing: number): Grid {
  if (box.west >= box.east || box.south >= box.north) return NOTHING;
  const rim = rimOf(box).map((spot) => toMetres(spot, zone.number));
  const eastings = multiples(
    rim.map((one) => one.easting),
    spacing,
  );
  const northings = multiples(
    rim.map((one) => one.northing),
    spacing,
  );
  if (eastings.length + northings.length > MOST_LINES) return NOTHING;
  const [lowest, highest] = [Math.min(...rim.map((one) => one.northing)), Math.max(...rim.map((one) => one.northing))];
  const [leftmost, rightmost] = [
    Math.min(...rim.map((one) => one.easting)),
    Math.max(...rim.map((one) => one.easting)),
  ];
  const upright = eastings.map((easting) =>
    within(box, (share) => fromMetres({ easting, northing: lowest + share * (highest - lowest) }, zone.number)),
  );
  const level = northings.map((northing) =>
    within(box, (share) => fromMetres({ northing, easting: leftmost + share * (rightmost - leftmost) }, zone.number)),
  );
  const edges: GridLine[] = [-1, 1].flatMap((side) => {
    const longitude = side < 0 ? zone.west : zone.east;
    if (longitude < box.west || longitude > box.east) return [];
    return [
      {
        points: [
          [longitude, box.south],
          [longitude, box.north],
        ] as const,
      },
    ];
  });
  const lines = [...upright, ...level].filter((points) => points.length > 1).map((points) => ({ points }));
  const labels =
    spacing === SQUARE_M
      ? squareLabels(zone, box, eastings, northings)
      : [...digits(upright, eastings, 'foot', spacing), ...digits(level, northings, 'side', spacing)];
  return { lines: [...lines, ...edges], labels };
}

/** Points of the line `at` from 0 to 1 that lie within the box. Ends are where it leaves the box, found by halving. */
function within(box: Box, at: (share: number) => Spot): Spot[] {
  const inside = ([x, y]: Spot) => x >= box.west && x <= box.east && y >= box.south && y <= box.north;
  const shares = Array.from({ length: POINTS * 2 + 1 }, (_, index) => index / (POINTS * 2));
  const points: Spot[] = [];
  for (const [index, share] of shares.entries()) {
    const spot = at(share);
    const before = shares[index - 1];
    if (before !== undefined && inside(spot) !== inside(at(before))) points.push(crossingAt(before, share, at, inside));
    if (inside(spot)) points.push(spot);
  }
  return points;
}

function crossingAt(from: number, to: number, at: (share: number) => Spot, inside: (spot: Spot) => boolean): Spot {
  let [low, high] = [from, to];
  const first = inside(at(from));
  for (let turn = 0; turn < 20; turn++) {
    const middle = (low + high) / 2;
    if (inside(at(middle)) === first) low = middle;
    else high = middle;
  }
  return at(first ? low : high);
}

function rimOf({ west, south, east, north }: Box): Spot[] {
  const shares = Array.from({ length: POINTS + 1 }, (_, at) => at / POINTS);
  const across = shares.map((share) => west + share * (east - west));
  const up = shares.map((share) => south + share * (north - south));
  return [
    ...across.flatMap((x): Spot[] => [
      [x, south],
      [x, north],
    ]),
    ...up.flatMap((y): Spot[] => [
      [west, y],
      [east, y],
    ]),
  ];
}

function multiples(values: readonly number[], spacing: number): number[] {
  const first = Math.ceil(Math.min(...values) / spacing);
  const last = Math.floor(Math.max(...values) / spacing);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * spacing);
}

function squareLabels(zone: Zone, box: Box, eastings: readonly number[], northings: readonly number[]): GridLabel[] {
  const before = (values: readonly number[]) => (values[0] === undefined ? [] : [values[0] - SQUARE_M, ...values]);
  return before(eastings).flatMap((easting) =>
    before(northings).flatMap((northing): GridLabel[] => {
      const middle = { easting: easting + SQUARE_M / 2, northing: northing + SQUARE_M / 2 };
      const [x, y] = fromMetres(middle, zone.number);
      if (x <= box.west || x >= box.east || y <= box.south || y >= box.north) return [];
      return [{ at: [x, y], text: squareName([x, y]), edge: 'middle' }];
    }),
  );
}

/** `36S YC`. */
export function squareName([longitude, latitude]: Spot): string {
  const [, zone = '', square = ''] = /^([0-9]+[A-Z])([A-Z]{2})/.exec(forward([wrapped(longitude), latitude], 1)) ?? [];
  return `${zone} ${square}`;
}

function digits(
  lines: readonly Spot[][],
  values: readonly number[],
  edge: 'foot' | 'side',
  spacing: number,
): GridLabel[] {
  return lines.flatMap((points, at): GridLabel[] => {
    const [first] = points;
    return first ? [{ at: first, text: principalDigits(values[at] ?? 0, spacing), edge }] : [];
  });
}

/** Tens and ones of kilometres within the square of 100 km; tens alone where lines are 10 km apart. */
export function principalDigits(metres: number, spacing: number): string {
  const within = ((metres % SQUARE_M) + SQUARE_M) % SQUARE_M;
  return spacing === 10_000
    ? String(Math.round(within / 10_000) % 10)
    : String(Math.round(within / 1_000) % 100).padStart(2, '0');
}

function moved(grid: Grid, shift: number): Grid {
  if (shift === 0) return grid;
  const move = ([longitude, latitude]: Spot): Spot => [longitude + shift, latitude];
  return {
    lines: grid.lines.map(({ points }) => ({ points: points.map(move) })),
    labels: grid.labels.map((label) => ({ ...label, at: move(label.at) })),
  };
}
