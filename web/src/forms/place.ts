// A place as an officer enters it: decimal degrees, degrees with minutes and seconds, or a grid reference (MGRS); WGS 84.
// The record's value is [latitude, longitude] in integers of 1e-7 degree, north and east positive. Pure.

import { forward, toPoint } from 'mgrs';
import type { Coordinates } from './conventions';
import { western } from './instant';
import { fault, given, type Read } from './read';

export type Place = readonly [latitudeE7: number, longitudeE7: number];

export interface PlaceEntry {
  readonly convention: Coordinates;
  readonly latitude: string;
  readonly ns: 'N' | 'S';
  readonly longitude: string;
  readonly ew: 'E' | 'W';
  readonly grid: string;
}

const DEGREE_E7 = 10_000_000;
const DECIMAL = /^([0-9]{1,3})(?:[.,]([0-9]{1,7}))?$/;
const SEXAGESIMAL = /^([0-9]{1,3})[\s°:]+([0-9]{1,2})(?:[\s'′:]+([0-9]{1,2})(?:[.,]([0-9]{1,3}))?)?[\s"″'′]*$/;
const GRID = /^[0-9]{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}([0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9]{10})$/;

export function blankPlace(convention: Coordinates): PlaceEntry {
  return { convention, latitude: '', ns: 'N', longitude: '', ew: 'E', grid: '' };
}

export function readPlace(entry: PlaceEntry): Read<Place> {
  if (entry.convention === 'mgrs') return readGrid(entry.grid);
  if (!entry.latitude.trim() || !entry.longitude.trim()) return fault('missing');
  const latitude = readAngle(entry.latitude, 90);
  if (latitude === null) return fault('latitude');
  const longitude = readAngle(entry.longitude, 180);
  if (longitude === null) return fault('longitude');
  return given([signed(latitude, entry.ns === 'S'), signed(longitude, entry.ew === 'W')]);
}

/** The same place in another convention; what cannot be read is left as it was entered. */
export function inConvention(entry: PlaceEntry, convention: Coordinates): PlaceEntry {
  const read = readPlace(entry);
  return read.ok ? writePlace(read.value, convention) : { ...entry, convention };
}

export function writePlace([latitude, longitude]: Place, convention: Coordinates): PlaceEntry {
  const write = convention === 'dms' ? dms : degrees;
  return {
    convention,
    latitude: write(latitude),
    ns: latitude < 0 ? 'S' : 'N',
    longitude: write(longitude),
    ew: longitude < 0 ? 'W' : 'E',
    grid: gridOf([latitude, longitude]) ?? '',
  };
}

/** `36S YC 49382 67109`, spaced as it is read aloud; null near the poles, where there is no such grid. */
export function gridOf([latitude, longitude]: Place): string | null {
  if (latitude < -80 * DEGREE_E7 || latitude > 84 * DEGREE_E7) return null;
  const [, zone, square, numbers = ''] =
    /^([0-9]+[A-Z])([A-Z]{2})([0-9]{10})$/.exec(forward([longitude / DEGREE_E7, latitude / DEGREE_E7], 5)) ?? [];
  return zone && square ? `${zone} ${square} ${numbers.slice(0, 5)} ${numbers.slice(5)}` : null;
}

/** Decimal degrees without sign, at least five places, never rounded. */
export function degrees(valueE7: number): string {
  const whole = Math.abs(valueE7);
  const decimals = String(whole % DEGREE_E7).padStart(7, '0');
  return `${Math.floor(whole / DEGREE_E7)}.${decimals.slice(0, 5)}${decimals.slice(5).replace(/0+$/, '')}`;
}

/** Degrees, minutes, seconds with two decimals, without sign. */
export function dms(valueE7: number): string {
  const hundredths = Math.round((Math.abs(valueE7) * 360_000) / DEGREE_E7);
  const [degree, minute] = [Math.floor(hundredths / 360_000), Math.floor(hundredths / 6_000) % 60];
  const second = (hundredths % 6_000) / 100;
  return `${degree}°${String(minute).padStart(2, '0')}′${second.toFixed(2).padStart(5, '0')}″`;
}

function readAngle(text: string, most: number): number | null {
  const clean = western(text).trim().replace(/°$/, '');
  const [, whole, fraction = ''] = DECIMAL.exec(clean) ?? [];
  if (whole !== undefined) return within(Number(whole) * DEGREE_E7 + Number(fraction.padEnd(7, '0')), most);
  const [, degree, minute, second = '0', part = ''] = SEXAGESIMAL.exec(clean) ?? [];
  if (degree === undefined || Number(minute) > 59 || Number(second) > 59) return null;
  const seconds = Number(minute) * 60 + Number(second) + Number(part.padEnd(3, '0')) / 1000;
  return within(Number(degree) * DEGREE_E7 + Math.round((seconds / 3600) * DEGREE_E7), most);
}

function readGrid(text: string): Read<Place> {
  const clean = western(text).toUpperCase().replace(/\s+/g, '');
  if (!clean) return fault('missing');
  if (!GRID.test(clean)) return fault('mgrs');
  try {
    const [longitude, latitude] = toPoint(clean);
    if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) return fault('mgrs');
    return given([Math.round(latitude * DEGREE_E7), Math.round(longitude * DEGREE_E7)]);
  } catch {
    return fault('mgrs');
  }
}

const within = (valueE7: number, most: number): number | null => (valueE7 <= most * DEGREE_E7 ? valueE7 : null);
const signed = (valueE7: number, negative: boolean): number => (negative && valueE7 !== 0 ? -valueE7 : valueE7);
