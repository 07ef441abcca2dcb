// Geodesics of WGS 84 (Karney 2013, by GeographicLib), in degrees, longitude first as GeoJSON has it. Long edges get points
// in between, so that what the map draws straight follows the shortest way over the ellipsoid, as the node reckons it. Pure.

import geographiclib from 'geographiclib-geodesic';
import type { Place } from '../forms/place';

export type Spot = [longitude: number, latitude: number];

const DEGREE_E7 = 10_000_000;
const DEGREE_M = 111_320;
/** Edges shorter than this are off the geodesic by less than a line's breadth on any map. */
const SHORT_M = 5_000;
const PIECE_M = 20_000;
const HIGH_LATITUDE = 70;
const HIGH_PIECE_M = 4_000;
const MOST_PIECES = 1_000;
const WGS84 = geographiclib.Geodesic.WGS84;
/** What is reckoned of the end of a geodesic: where it is, and nothing else. */
const PLACE_ALONE = geographiclib.Geodesic.LATITUDE | geographiclib.Geodesic.LONGITUDE;

export const spotOf = ([latitudeE7, longitudeE7]: Place): Spot => [longitudeE7 / DEGREE_E7, latitudeE7 / DEGREE_E7];

/** The place of a spot, its longitude brought within −180 to 180 degrees. */
export function placeOf([longitude, latitude]: Spot): Place {
  return [Math.round(latitude * DEGREE_E7), Math.round(wrapped(longitude) * DEGREE_E7)];
}

export const wrapped = (longitude: number): number =>
  longitude >= -180 && longitude <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;

export function destination([longitude, latitude]: Spot, azimuth: number, metres: number): Spot {
  const { lon2 = 0, lat2 = 0 } = WGS84.Direct(latitude, longitude, azimuth, metres, PLACE_ALONE);
  return [lon2, lat2];
}

export function distanceM(from: Spot, to: Spot): number {
  return WGS84.Inverse(from[1], from[0], to[1], to[0]).s12 ?? 0;
}

export function azimuthOf(from: Spot, to: Spot): number {
  return WGS84.Inverse(from[1], from[0], to[1], to[0]).azi1 ?? 0;
}

/** The same spots with each longitude within half a turn of the one before it, so that no edge jumps at the 180th meridian. */
export function unwrapped(spots: readonly Spot[]): Spot[] {
  let before: number | undefined;
  return spots.map(([longitude, latitude]) => {
    const turns: number = before === undefined ? 0 : Math.round((before - longitude) / 360);
    before = longitude + turns * 360;
    return [before, latitude];
  });
}

/** The line through `spots` with points in between, unwrapped; `closed` joins the last to the first, which ends it. */
export function densified(spots: readonly Spot[], closed: boolean): Spot[] {
  const ends = closed && spots[0] ? [...spots, spots[0]] : spots;
  const all: Spot[] = [];
  for (const [at, end] of ends.entries()) {
    const start = ends[at - 1];
    if (start) all.push(...between(start, end));
    all.push(end);
  }
  return unwrapped(all);
}

/** Points between the ends of an edge, not the ends. */
export function between(start: Spot, end: Spot): Spot[] {
  if (isShort(start, end)) return [];
  const line = WGS84.InverseLine(start[1], start[0], end[1], end[0]);
  const high = Math.max(Math.abs(start[1]), Math.abs(end[1])) > HIGH_LATITUDE;
  const pieces = Math.min(MOST_PIECES, Math.ceil(line.s13 / (high ? HIGH_PIECE_M : PIECE_M)));
  return Array.from({ length: Math.max(0, pieces - 1) }, (_, at): Spot => {
    const { lon2 = 0, lat2 = 0 } = line.Position((line.s13 * (at + 1)) / pieces);
    return [lon2, lat2];
  });
}

function isShort([longitude, latitude]: Spot, [otherLongitude, otherLatitude]: Spot): boolean {
  const east = (longitude - otherLongitude) * Math.cos((latitude * Math.PI) / 180);
  return Math.hypot(east, latitude - otherLatitude) * DEGREE_M < SHORT_M;
}
