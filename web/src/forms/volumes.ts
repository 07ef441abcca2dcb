// Volumes as an officer enters them: each an area, from when until when, and between which heights. The record's value is a list
// of {"area", "start", "end", "floor"?, "ceiling"?}. Pure.

import type { Json, JsonFields } from '../data/wire';
import { type AreaEntry, areaIn, blankArea, readArea, writeArea } from './area';
import type { Conventions } from './conventions';
import { blankHeight, type HeightEntry, readHeight, writeHeight } from './height';
import { type InstantEntry, readInstant, todayIn, writeInstant } from './instant';
import { fault, given, type Read } from './read';

export const MAX_VOLUMES = 16;

export interface VolumeEntry {
  readonly area: AreaEntry;
  readonly start: InstantEntry;
  readonly end: InstantEntry;
  /** Left empty: from the ground up. */
  readonly floor: HeightEntry;
  /** Left empty: without limit. */
  readonly ceiling: HeightEntry;
}

export function blankVolume(conventions: Conventions, nowMs: number): VolumeEntry {
  const today = todayIn(nowMs, conventions.zone);
  const height = blankHeight(conventions.lengths);
  return { area: blankArea(conventions.coordinates), start: today, end: today, floor: height, ceiling: height };
}

export function readVolumes(entries: readonly VolumeEntry[]): Read<Json> {
  const volumes: JsonFields[] = [];
  for (const entry of entries) {
    const read = readVolume(entry);
    if (!read.ok) return read;
    volumes.push(read.value);
  }
  return volumes.length > 0 ? given(volumes) : fault('missing');
}

export function readVolume(entry: VolumeEntry): Read<JsonFields> {
  const area = readArea(entry.area);
  if (!area.ok) return area;
  const [start, end] = [readInstant(entry.start), readInstant(entry.end)];
  if (!start.ok) return start;
  if (!end.ok) return end;
  if (end.value <= start.value) return fault('window');
  const limits: Record<string, Json> = {};
  for (const name of ['floor', 'ceiling'] as const) {
    const read = readHeight(entry[name]);
    if (read.ok) limits[name] = [...read.value];
    else if (read.fault !== 'missing') return read;
  }
  if (isUpsideDown(limits)) return fault('band');
  return given({ area: area.value as unknown as Json, start: start.value, end: end.value, ...limits });
}

/** Only heights above the same datum are compared. */
function isUpsideDown(limits: Readonly<Record<string, Json>>): boolean {
  const [floor, ceiling] = [limits['floor'], limits['ceiling']] as readonly (readonly Json[] | undefined)[];
  return (
    floor !== undefined && ceiling !== undefined && floor[1] === ceiling[1] && Number(ceiling[0]) <= Number(floor[0])
  );
}

export function writeVolumes(value: Json, conventions: Conventions, nowMs: number): readonly VolumeEntry[] {
  const volumes = volumesIn(value);
  return volumes.map((one) => writeVolume(one, conventions, nowMs));
}

export function writeVolume(volume: JsonFields, conventions: Conventions, nowMs: number): VolumeEntry {
  const blank = blankVolume(conventions, nowMs);
  const area = areaIn(volume['area']);
  const instant = (at: Json | undefined, or: InstantEntry) =>
    typeof at === 'number' ? writeInstant(at, conventions.zone) : or;
  const height = (of: Json | undefined) => {
    const [amount, datum] = Array.isArray(of) ? (of as readonly Json[]) : [];
    return typeof amount === 'number' && typeof datum === 'string'
      ? writeHeight([amount, datum], conventions.lengths)
      : blank.floor;
  };
  return {
    area: area ? writeArea(area, conventions.coordinates) : blank.area,
    start: instant(volume['start'], blank.start),
    end: instant(volume['end'], blank.end),
    floor: height(volume['floor']),
    ceiling: height(volume['ceiling']),
  };
}

/** A value of JSON as volumes, as far as it is any. */
export function volumesIn(value: Json | undefined): readonly JsonFields[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter(
    (one): one is JsonFields => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
}
