// How the place of a notice is also said: by its name, or by bearing and distance from a landmark. Pure.

import type { SaidOtherwise } from './useMeetings';

export interface OtherwiseEntry {
  readonly placeName: string;
  readonly landmark: string;
  readonly bearing: string;
  readonly kilometres: string;
}

export const BLANK: OtherwiseEntry = { placeName: '', landmark: '', bearing: '', kilometres: '' };

const NUMBER = /^[0-9]{1,4}(?:[.,][0-9]{1,3})?$/;

/** What the node compares; a landmark counts once bearing and distance are there and can be read. */
export function readOtherwise(entry: OtherwiseEntry): SaidOtherwise {
  const [bearing, kilometres] = [numberOf(entry.bearing), numberOf(entry.kilometres)];
  const name = entry.landmark.trim();
  const whole = name !== '' && bearing !== null && bearing <= 360 && kilometres !== null && kilometres <= 1000;
  return {
    place_name: entry.placeName.trim() || null,
    landmark: whole ? { name, bearing_deg: bearing, distance_m: Math.round(kilometres * 1000) } : null,
  };
}

function numberOf(text: string): number | null {
  const clean = text.trim();
  return NUMBER.test(clean) ? Number(clean.replace(',', '.')) : null;
}
