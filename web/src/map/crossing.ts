// Where a boundary that is being drawn crosses itself. Edges are taken as arcs of great circles, metres from the geodesics that
// are meant: it warns while one draws; the node refuses, exactly. Pure.

import type { Place } from '../forms/place';
import { placeOf, type Spot, spotOf } from './geodesy';

export interface Crossing {
  readonly place: Place;
  /** Numbers of the edges, from 1: edge n goes from corner n to the next. */
  readonly edges: readonly [number, number];
}

type Vector = readonly [number, number, number];
const NEAR = 1e-12;

/** The first crossing of two edges that are not neighbours, or null. `closed`: the last corner is joined to the first. */
export function crossingOf(corners: readonly Place[], closed: boolean): Crossing | null {
  const points = corners.map(vector);
  const count = closed ? points.length : points.length - 1;
  const edge = (at: number) => [points[at], points[(at + 1) % points.length]] as const;
  for (let one = 0; one < count; one++) {
    for (let other = one + 2; other < count; other++) {
      if (closed && one === 0 && other === count - 1) continue;
      const [[a, b], [c, d]] = [edge(one), edge(other)];
      const met = a && b && c && d ? meeting(a, b, c, d) : null;
      if (met) return { place: placeOf(spot(met)), edges: [one + 1, other + 1] };
    }
  }
  return null;
}

function meeting(a: Vector, b: Vector, c: Vector, d: Vector): Vector | null {
  const [first, second] = [cross(a, b), cross(c, d)];
  const line = cross(first, second);
  const length = Math.hypot(...line);
  if (length < NEAR) return null;
  const point: Vector = [line[0] / length, line[1] / length, line[2] / length];
  const far: Vector = [-point[0], -point[1], -point[2]];
  return [point, far].find((one) => within(one, a, b, first) && within(one, c, d, second)) ?? null;
}

const within = (point: Vector, from: Vector, to: Vector, normal: Vector): boolean =>
  dot(cross(from, point), normal) >= 0 && dot(cross(point, to), normal) >= 0;

function vector(place: Place): Vector {
  const [longitude, latitude] = spotOf(place).map((degrees) => (degrees * Math.PI) / 180) as Spot;
  return [Math.cos(latitude) * Math.cos(longitude), Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude)];
}

const spot = ([x, y, z]: Vector): Spot => [
  (Math.atan2(y, x) * 180) / Math.PI,
  (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI,
];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
