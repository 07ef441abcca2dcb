// An area as polygons and lines to draw: geodesic edges, cut at the 180th meridian, closed over a pole where it holds one.
// Polygons are what is filled; lines are the boundary alone, without the seams that cutting and closing make. Pure.

import * as clipping from 'polygon-clipping';
import { azimuthOf, between, densified, destination, type Spot, spotOf, unwrapped } from './geodesy.ts';
import type { VolumeArea } from './volume';

type Ring = clipping.Ring;
type MultiPolygon = clipping.MultiPolygon;
/** Its functions are members of a default export which its types do not tell of, or named, depending on who loads it. */
export const { intersection, union } = (clipping as { readonly default?: typeof clipping }).default ?? clipping;

export interface Outline {
  /** GeoJSON coordinates of a MultiPolygon, longitudes within −180 to 180. */
  readonly fills: MultiPolygon;
  /** Of a MultiLineString, alike. */
  readonly lines: readonly Spot[][];
  /** A spot by which its label stands. */
  readonly centre: Spot;
}

const NOTHING: Outline = { fills: [], lines: [], centre: [0, 0] };
/** Half round the Earth: further than any area reaches. */
const MOST_M = 20_000_000;
const CIRCLE_POINTS = 64;
const CAP_POINTS = 12;

const drawn = new WeakMap<VolumeArea, Outline>();

/** The outline of an area; made once for each. */
export function outlineOf(area: VolumeArea): Outline {
  const known = drawn.get(area);
  if (known) return known;
  const made = safeOutline(area);
  drawn.set(area, made);
  return made;
}

/**
 * What a record holds may be void, and so any figures: an area that is none has no outline, and one that cannot be cut or joined
 * is drawn as its line alone. Nobody's statement takes the map from everybody.
 */
function safeOutline(area: VolumeArea): Outline {
  const corners = 'circle' in area ? [spotOf([area.circle[0], area.circle[1]])] : cornersOf(area).map(spotOf);
  const least = 'circle' in area ? 1 : 'corridor' in area ? 2 : 3;
  const metres = 'circle' in area ? area.circle[2] : 'corridor' in area ? area.width : 1;
  if (corners.length < least || !corners.every(isOnEarth) || !(metres > 0 && metres < MOST_M)) return NOTHING;
  try {
    return makeOutline(area);
  } catch {
    return { fills: [], lines: cutLine(unwrapped(corners)), centre: corners[0] ?? [0, 0] };
  }
}

const cornersOf = (area: Exclude<VolumeArea, { readonly circle: unknown }>) =>
  'corridor' in area ? area.corridor : area.polygon;
const isOnEarth = ([longitude, latitude]: Spot): boolean => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;

function makeOutline(area: VolumeArea): Outline {
  if ('corridor' in area) return corridorOutline(area.corridor.map(spotOf), area.width / 2);
  const ring = 'circle' in area ? circleRing(area.circle) : densified(area.polygon.map(spotOf), true);
  return { fills: worlds([[closedOverPole(ring)]]), lines: cutLine(ring), centre: centreOf(area, ring) };
}

export function circleRing([latitudeE7, longitudeE7, radiusM]: readonly [number, number, number]): Spot[] {
  const centre = spotOf([latitudeE7, longitudeE7]);
  const points = Array.from({ length: CIRCLE_POINTS }, (_, at) =>
    destination(centre, (at * 360) / CIRCLE_POINTS, radiusM),
  );
  return unwrapped([...points, points[0] ?? centre]);
}

function centreOf(area: VolumeArea, ring: readonly Spot[]): Spot {
  if ('circle' in area) return spotOf([area.circle[0], area.circle[1]]);
  const all = ring.slice(0, -1);
  const sum = all.reduce(([x, y], [longitude, latitude]): Spot => [x + longitude, y + latitude], [0, 0]);
  return [sum[0] / all.length, sum[1] / all.length];
}

/** A corridor is what lies within half its width of its line, ends rounded: the union of one capsule for each piece. */
function corridorOutline(spots: readonly Spot[], half: number): Outline {
  const line = densified(spots, false);
  const capsules = spots.slice(1).map((end, at) => closedOverPole(capsule(spots[at] ?? end, end, half)));
  const [first, ...others] = capsules.map((ring): MultiPolygon => worlds([[ring]]));
  const fills = first ? union(first, ...others) : [];
  const lines = fills.flatMap((polygon) => polygon.flatMap((ring) => withoutSeams(ring)));
  const [longitude, latitude] = line[Math.floor(line.length / 2)] ?? [0, 0];
  return { fills, lines, centre: [longitude, latitude] };
}

function capsule(start: Spot, end: Spot, half: number): Spot[] {
  const along = [start, ...between(start, end), end];
  const bearings = along.map((spot, at) =>
    at + 1 < along.length ? azimuthOf(spot, along[at + 1] ?? end) : azimuthOf(spot, along[at - 1] ?? start) + 180,
  );
  const side = (turn: number) => along.map((spot, at) => destination(spot, (bearings[at] ?? 0) + turn, half));
  const cap = (spot: Spot, from: number) =>
    Array.from({ length: CAP_POINTS - 1 }, (_, at) => destination(spot, from + ((at + 1) * 180) / CAP_POINTS, half));
  const [first = 0, last = 0] = [bearings[0], bearings.at(-1)];
  const ring = [...side(-90), ...cap(end, last - 90), ...side(90).reverse(), ...cap(start, first + 90)];
  return unwrapped([...ring, ring[0] ?? start]);
}

/** A ring that goes round the Earth encloses a pole, the nearer one: it is closed along that pole. */
export function closedOverPole(ring: readonly Spot[]): Ring {
  const [first, last] = [ring[0], ring.at(-1)];
  if (!first || !last || Math.abs(last[0] - first[0]) < 180) return [...ring];
  const pole = ring.reduce((sum, [, latitude]) => sum + latitude, 0) < 0 ? -90 : 90;
  return [...ring, [last[0], pole], [first[0], pole], first];
}

/** Polygons of any longitudes, cut at the 180th meridian and brought within −180 to 180. */
export function worlds(polygons: MultiPolygon): MultiPolygon {
  const longitudes = polygons.flatMap(([outer = []]) => outer.map(([longitude]) => longitude));
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  if (west >= -180 && east <= 180) return polygons;
  const turns = Array.from({ length: turnOf(east) - turnOf(west) + 1 }, (_, at) => turnOf(west) + at);
  return turns.flatMap((turn) => {
    const box: Ring = [
      [-180, -90],
      [180, -90],
      [180, 90],
      [-180, 90],
      [-180, -90],
    ].map(([x = 0, y = 0]) => [x + turn * 360, y]);
    return intersection(polygons, [box]).map((polygon) =>
      polygon.map((ring) => ring.map(([x, y]): [number, number] => [x - turn * 360, y])),
    );
  });
}

/** A line of any longitudes, cut at the 180th meridian and brought within −180 to 180. */
export function cutLine(line: readonly Spot[]): Spot[][] {
  const pieces: Spot[][] = [];
  for (const [at, spot] of line.entries()) {
    const before = line[at - 1];
    const turn = turnOf(spot[0]);
    const piece = pieces.at(-1);
    if (!before || !piece) pieces.push([moved(spot, turn)]);
    else if (turnOf(before[0]) === turn) piece.push(moved(spot, turn));
    else {
      const seam = seamOf(before, spot);
      extend(piece, moved(seam, turnOf(before[0])));
      const next = [moved(seam, turn)];
      extend(next, moved(spot, turn));
      pieces.push(next);
    }
  }
  return pieces.filter((piece) => piece.length > 1);
}

function extend(piece: Spot[], [longitude, latitude]: Spot): void {
  const last = piece.at(-1);
  if (last?.[0] !== longitude || last[1] !== latitude) piece.push([longitude, latitude]);
}

function seamOf(from: Spot, to: Spot): Spot {
  const longitude = Math.max(turnOf(from[0]), turnOf(to[0])) * 360 - 180;
  const share = (longitude - from[0]) / (to[0] - from[0]);
  return [longitude, from[1] + share * (to[1] - from[1])];
}

const turnOf = (longitude: number): number => Math.floor((longitude + 180) / 360);
const moved = ([longitude, latitude]: Spot, turn: number): Spot => [longitude - turn * 360, latitude];

/** The boundary of a ring that was cut: without edges along the 180th meridian or over a pole. */
function withoutSeams(ring: Ring): Spot[][] {
  const pieces: Spot[][] = [];
  let open = false;
  for (const [at, spot] of ring.entries()) {
    const before = ring[at - 1];
    if (!before) continue;
    if (isSeam(before, spot)) open = false;
    else if (open) pieces.at(-1)?.push(spot);
    else {
      pieces.push([before, spot]);
      open = true;
    }
  }
  return pieces;
}

const isSeam = (from: Spot, to: Spot): boolean =>
  (Math.abs(from[0]) === 180 && from[0] === to[0]) || Math.max(Math.abs(from[1]), Math.abs(to[1])) === 90;
