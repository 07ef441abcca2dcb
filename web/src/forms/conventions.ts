// Conventions: how this terminal's officer writes times, coordinates and heights. Kept in this browser; values are converted
// to the record's own units (UTC ms, 1e-7 degree, centimetres) before anything is signed.

export const COORDINATES = ['degrees', 'dms', 'mgrs'] as const;
export const LENGTHS = ['m', 'ft'] as const;

export type Coordinates = (typeof COORDINATES)[number];
export type LengthUnit = (typeof LENGTHS)[number];

export interface Conventions {
  /** IANA zone in which times are written; null is UTC. */
  readonly zone: string | null;
  readonly coordinates: Coordinates;
  readonly lengths: LengthUnit;
  /** Zone of each member's clock on the strip, by code, where this terminal was told. */
  readonly memberZones: Readonly<Record<string, string>>;
}

const KEY = 'parley.conventions';
export const FIRST_CONVENTIONS: Conventions = { zone: null, coordinates: 'degrees', lengths: 'm', memberZones: {} };

/** Zones by their offset from UTC, without the name of any place: `Etc/GMT-3` is three hours east. */
export const OFFSET_ZONES: readonly string[] = Array.from({ length: 27 }, (_, at) => at - 12).map((hours) =>
  hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`,
);

export function parseConventions(text: string | null): Conventions {
  let given: unknown = null;
  try {
    given = JSON.parse(text ?? 'null');
  } catch {
    // as if never set
  }
  const fields = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const zones =
    typeof fields['memberZones'] === 'object' && fields['memberZones'] !== null ? fields['memberZones'] : {};
  return {
    zone: isZone(fields['zone']) ? fields['zone'] : FIRST_CONVENTIONS.zone,
    coordinates: COORDINATES.find((one) => one === fields['coordinates']) ?? FIRST_CONVENTIONS.coordinates,
    lengths: LENGTHS.find((one) => one === fields['lengths']) ?? FIRST_CONVENTIONS.lengths,
    memberZones: Object.fromEntries(Object.entries(zones).filter((one): one is [string, string] => isZone(one[1]))),
  };
}

export const storedConventions = (): Conventions => parseConventions(localStorage.getItem(KEY));
export const keepConventions = (conventions: Conventions): void =>
  localStorage.setItem(KEY, JSON.stringify(conventions));

function isZone(value: unknown): value is string {
  try {
    return typeof value === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
}
