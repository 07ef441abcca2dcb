// An area while it is drawn: a circle, a polygon or a corridor, point by point, by pointer or by entering coordinates in any
// convention. Both write the same entries, so that a point drawn can be corrected in figures and a point entered shows on the map.
// Pure.

import type { Coordinates } from '../forms/conventions';
import { readMetres } from '../forms/height';
import { blankPlace, inConvention, type Place, type PlaceEntry, readPlace, writePlace } from '../forms/place';
import type { Fault } from '../forms/read';
import { type Crossing, crossingOf } from './crossing';
import { distanceM, spotOf } from './geodesy';
import type { VolumeArea } from './volume';

export const SHAPES = ['circle', 'polygon', 'corridor'] as const;
export type Shape = (typeof SHAPES)[number];
export const MAX_POINTS = 64;
export const FIRST_WIDTH_M = 2_000;
const WIDEST_M = 2_000_000;

export interface Draft {
  readonly shape: Shape;
  readonly convention: Coordinates;
  /** Of a circle: its centre alone. */
  readonly points: readonly PlaceEntry[];
  /** Metres as entered: the radius of a circle, the width of a corridor. */
  readonly metres: string;
}

export type Stroke =
  | { readonly shape: Shape }
  | { readonly convention: Coordinates }
  /** A point of the map: the next corner, or of a circle its centre and then a point of its rim. */
  | { readonly point: Place }
  | { readonly at: number; readonly entry: PlaceEntry }
  | { readonly remove: number }
  | { readonly blank: true }
  | { readonly metres: string }
  | { readonly clear: true };

export function blankDraft(convention: Coordinates, shape: Shape = 'circle'): Draft {
  return { shape, convention, points: [], metres: shape === 'corridor' ? String(FIRST_WIDTH_M) : '' };
}

export function drawn(draft: Draft, stroke: Stroke): Draft {
  if ('shape' in stroke) return stroke.shape === draft.shape ? draft : blankDraft(draft.convention, stroke.shape);
  if ('convention' in stroke) {
    const points = draft.points.map((entry) => inConvention(entry, stroke.convention));
    return { ...draft, convention: stroke.convention, points };
  }
  if ('point' in stroke) return withPoint(draft, stroke.point);
  if ('entry' in stroke) {
    return { ...draft, points: draft.points.map((entry, at) => (at === stroke.at ? stroke.entry : entry)) };
  }
  if ('remove' in stroke) return { ...draft, points: draft.points.filter((_, at) => at !== stroke.remove) };
  if ('blank' in stroke) return added(draft, blankPlace(draft.convention));
  if ('metres' in stroke) return { ...draft, metres: stroke.metres };
  return blankDraft(draft.convention, draft.shape);
}

function withPoint(draft: Draft, place: Place): Draft {
  const centre = draft.points[0];
  if (draft.shape !== 'circle' || !centre) return added(draft, writePlace(place, draft.convention));
  const read = readPlace(centre);
  if (!read.ok) return { ...draft, points: [writePlace(place, draft.convention)] };
  return { ...draft, metres: String(radiusTo(read.value, place)) };
}

function added(draft: Draft, entry: PlaceEntry): Draft {
  return draft.points.length >= (draft.shape === 'circle' ? 1 : MAX_POINTS)
    ? draft
    : { ...draft, points: [...draft.points, entry] };
}

export const radiusTo = (centre: Place, rim: Place): number =>
  Math.max(1, Math.round(distanceM(spotOf(centre), spotOf(rim))));

/** What has been drawn so far. */
export interface Drawing {
  /** Whole: it can be filed. Null where something lacks or is wrong. */
  readonly area: VolumeArea | null;
  readonly fault: Fault | null;
  readonly crossing: Crossing | null;
  /** What is shown on the map meanwhile: lines through the points that can be read. */
  readonly places: readonly Place[];
}

/** What a draft stands for; `pointer` is where the next point would be. */
export function drawingOf(draft: Draft, pointer: Place | null = null): Drawing {
  const read = draft.points.map(readPlace);
  const places = read.flatMap((one) => (one.ok ? [one.value] : []));
  const wrong = read.find((one) => !one.ok);
  const shape = { ...draft, metres: metresWith(draft, places[0], pointer) };
  const hovering = pointer && draft.shape !== 'circle' ? [...places, pointer] : places;
  const crossing = draft.shape === 'polygon' ? crossingOf(hovering, hovering.length > 2) : null;
  const fault = wrong && !wrong.ok ? wrong.fault : faultOf(shape, places.length);
  const area = fault === null && crossing === null ? areaOf(shape, places) : null;
  return { area, fault, crossing, places: hovering };
}

function metresWith(draft: Draft, centre: Place | undefined, pointer: Place | null): string {
  if (draft.shape !== 'circle' || draft.metres !== '' || !centre || !pointer) return draft.metres;
  return String(radiusTo(centre, pointer));
}

function faultOf(draft: Draft, count: number): Fault | null {
  const least = { circle: 1, polygon: 3, corridor: 2 }[draft.shape];
  if (count < least) return draft.shape === 'polygon' ? 'corners' : 'missing';
  if (draft.shape === 'polygon') return null;
  const metres = readMetres(draft.metres, WIDEST_M);
  return metres.ok ? null : metres.fault;
}

function areaOf(draft: Draft, places: readonly Place[]): VolumeArea | null {
  if (draft.shape === 'polygon') return { polygon: places };
  const [first] = places;
  const metres = readMetres(draft.metres, WIDEST_M);
  if (!metres.ok || !first) return null;
  return draft.shape === 'corridor' ? { corridor: places, width: metres.value } : { circle: [...first, metres.value] };
}
