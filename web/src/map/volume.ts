// What the map draws: items of the record with their volumes, as the record's own fields: latitude first, integers of 1e-7
// degree; heights in centimetres over a named datum; Unix ms. A window holds its beginning and not its end. Pure.

import type { Height } from '../forms/height';
import type { Place } from '../forms/place';

export const KINDS = ['notice', 'zone', 'stop', 'standstill', 'site'] as const;
export type ItemKind = (typeof KINDS)[number];

export type VolumeArea =
  | { readonly circle: readonly [latitudeE7: number, longitudeE7: number, radiusM: number] }
  | { readonly polygon: readonly Place[] }
  | { readonly corridor: readonly Place[]; readonly width: number };

export interface Volume {
  readonly area: VolumeArea;
  /** Absent: from the ground, or the sea bed. */
  readonly floor?: Height;
  /** Absent: without limit. */
  readonly ceiling?: Height;
  readonly from: number;
  readonly until: number;
}

export interface MapItem {
  readonly reference: string;
  readonly kind: ItemKind;
  /** Code of the member whose it is. */
  readonly member: string;
  readonly title: { readonly text: string; readonly language: string };
  /** In words, as its desk declares them. */
  readonly state: string;
  readonly volumes: readonly Volume[];
  /** References of the items that it is in conflict with. */
  readonly conflicts: readonly string[];
}

export const isActive = (volume: Volume, atMs: number): boolean => volume.from <= atMs && atMs < volume.until;

export type Standing = 'before' | 'active' | 'between' | 'over';

/** How an item stands at a moment: active while any of its volumes is. */
export function standingOf(item: MapItem, atMs: number): Standing {
  if (item.volumes.some((volume) => isActive(volume, atMs))) return 'active';
  if (item.volumes.every((volume) => volume.until <= atMs)) return 'over';
  return item.volumes.every((volume) => volume.from > atMs) ? 'before' : 'between';
}

/** From the first beginning to the last end. */
export function windowOf(volumes: readonly Volume[]): readonly [fromMs: number, untilMs: number] | null {
  if (volumes.length === 0) return null;
  return [Math.min(...volumes.map((one) => one.from)), Math.max(...volumes.map((one) => one.until))];
}
