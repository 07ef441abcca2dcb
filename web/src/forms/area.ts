// An area as an officer enters it: a circle, or the corners of a polygon. The record's value is
// {"circle": [lat, lon, radius_m]} or {"polygon": [[lat, lon], …]}; of a volume also {"corridor": [[[lat, lon], …], width_m]}.
// Pure.

import type { Json } from '../data/wire';
import type { Coordinates } from './conventions';
import { readMetres } from './height';
import { blankPlace, inConvention, type Place, type PlaceEntry, readPlace, writePlace } from './place';
import { fault, given, type Read } from './read';

export const MAX_CORNERS = 64;
const WIDEST_M = 2_000_000;

export type Area =
  | { readonly circle: readonly [latitudeE7: number, longitudeE7: number, radiusM: number] }
  | { readonly polygon: readonly Place[] }
  | { readonly corridor: readonly [line: readonly Place[], widthM: number] };

export const SHAPES = ['circle', 'polygon', 'corridor'] as const;
export type ShapeName = (typeof SHAPES)[number];
/** The fewest corners of a polygon, or points of a corridor's line. */
export const LEAST_CORNERS = { circle: 1, polygon: 3, corridor: 2 } as const;

export interface AreaEntry {
  readonly shape: ShapeName;
  readonly centre: PlaceEntry;
  readonly radius: string;
  /** Of a polygon, or the points of a corridor's line. */
  readonly corners: readonly PlaceEntry[];
  readonly width: string;
}

export function blankArea(convention: Coordinates): AreaEntry {
  const place = blankPlace(convention);
  return { shape: 'circle', centre: place, radius: '', corners: [place, place, place], width: '' };
}

export function readArea(entry: AreaEntry): Read<Area> {
  if (entry.shape !== 'circle') {
    const corners: Place[] = [];
    for (const corner of entry.corners) {
      const read = readPlace(corner);
      if (!read.ok) return read;
      corners.push(read.value);
    }
    if (corners.length < LEAST_CORNERS[entry.shape] || corners.length > MAX_CORNERS) return fault('corners');
    if (entry.shape === 'polygon') return given({ polygon: corners });
    const width = readMetres(entry.width, WIDEST_M);
    return width.ok ? given({ corridor: [corners, width.value] }) : width;
  }
  const centre = readPlace(entry.centre);
  if (!centre.ok) return centre;
  const radius = readMetres(entry.radius, WIDEST_M);
  return radius.ok ? given({ circle: [...centre.value, radius.value] }) : radius;
}

export function writeArea(area: Area, convention: Coordinates): AreaEntry {
  const blank = blankArea(convention);
  if ('polygon' in area) {
    return { ...blank, shape: 'polygon', corners: area.polygon.map((corner) => writePlace(corner, convention)) };
  }
  if ('corridor' in area) {
    const [line, width] = area.corridor;
    const corners = line.map((point) => writePlace(point, convention));
    return { ...blank, shape: 'corridor', corners, width: String(width) };
  }
  const [latitude, longitude, radius] = area.circle;
  return { ...blank, centre: writePlace([latitude, longitude], convention), radius: String(radius) };
}

export function areaInConvention(entry: AreaEntry, convention: Coordinates): AreaEntry {
  return {
    ...entry,
    centre: inConvention(entry.centre, convention),
    corners: entry.corners.map((corner) => inConvention(corner, convention)),
  };
}

/** A value of JSON as a place or an area, where it is one. */
export function placeIn(value: Json | undefined): Place | null {
  if (!Array.isArray(value) || value.length < 2) return null;
  const [latitude, longitude] = value as readonly Json[];
  return typeof latitude === 'number' && typeof longitude === 'number' ? [latitude, longitude] : null;
}

export function areaIn(value: Json | undefined): Area | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { circle, polygon, corridor } = value as {
    readonly circle?: Json;
    readonly polygon?: Json;
    readonly corridor?: Json;
  };
  if (Array.isArray(circle)) {
    const [latitude, longitude, radius] = circle as readonly Json[];
    const all = [latitude, longitude, radius];
    return all.every((one) => typeof one === 'number') ? { circle: all as unknown as [number, number, number] } : null;
  }
  if (Array.isArray(corridor)) {
    const [line, width] = corridor as readonly Json[];
    const points = Array.isArray(line) ? (line as readonly Json[]).map(placeIn) : [null];
    const whole = points.every((one) => one !== null) && typeof width === 'number';
    return whole ? { corridor: [points, width] } : null;
  }
  if (!Array.isArray(polygon)) return null;
  const corners = (polygon as readonly Json[]).map(placeIn);
  return corners.every((one) => one !== null) ? { polygon: corners } : null;
}
