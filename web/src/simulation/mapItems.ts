// SIMULATION: items on a map, in the middle of an ocean where nobody lives, and many of them to measure with. What one party
// does, the other does as often.

import type { MapPackView } from '../data/wire';
import type { Place } from '../forms/place';
import type { Language } from '../language/languages';
import { KINDS, type MapItem, type Volume, type VolumeArea } from '../map/volume';

const HOUR_MS = 3_600_000;
const E7 = 10_000_000;
const at = (latitude: number, longitude: number): Place => [Math.round(latitude * E7), Math.round(longitude * E7)];

const STATES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  filed: { en: 'filed', ar: 'قُدّم', he: 'הוגש' },
  'read back': { en: 'read back', ar: 'أُعيدت قراءته', he: 'הוקרא חזרה' },
  'in force': { en: 'in force', ar: 'سارٍ', he: 'בתוקף' },
  proposed: { en: 'proposed', ar: 'مقترح', he: 'הוצע' },
  called: { en: 'called', ar: 'أُطلق النداء', he: 'נקרא' },
  taken: { en: 'taken', ar: 'استُلم', he: 'נקלט' },
  'no answer yet': { en: 'no answer yet', ar: 'لا رد بعد', he: 'טרם נענה' },
  confirmed: { en: 'confirmed', ar: 'مؤكَّد', he: 'אושר' },
  attested: { en: 'attested', ar: 'مُصادَق عليه', he: 'מאומת' },
};

interface Told {
  readonly title: string;
  readonly language: string;
  readonly state: string;
}

function volume(area: VolumeArea, nowMs: number, from: number, until: number, band: Partial<Volume> = {}): Volume {
  return { area, from: nowMs + from * HOUR_MS, until: nowMs + until * HOUR_MS, ...band };
}

function item(
  reference: string,
  kind: MapItem['kind'],
  told: Told,
  volumes: readonly Volume[],
  conflicts: readonly string[] = [],
): MapItem {
  const [member = ''] = reference.split(' ');
  return {
    reference,
    kind,
    member,
    title: { text: told.title, language: told.language },
    state: told.state,
    volumes,
    conflicts,
  };
}

/** The items with their states in a language. */
export const inLanguage = (items: readonly MapItem[], language: Language): readonly MapItem[] =>
  items.map((one) => ({ ...one, state: STATES[one.state]?.[language] ?? one.state }));

export function simulatedItems(nowMs: number): readonly MapItem[] {
  const circle = (latitude: number, longitude: number, radius: number): VolumeArea => ({
    circle: [...at(latitude, longitude), radius],
  });
  return [
    item(
      'AAA 131',
      'notice',
      { title: 'تمرين. طلعة تدريب جوية', language: 'ar', state: 'filed' },
      [volume(circle(10.1, -150.2, 14_000), nowMs, -1, 5, { floor: [30_000, 'AGL'], ceiling: [152_400, 'AMSL'] })],
      ['BBB 141'],
    ),
    item(
      'BBB 141',
      'notice',
      { title: 'תרגיל. אימון ירי', language: 'he', state: 'read back' },
      [
        volume(
          { polygon: [at(10.05, -150.3), at(10.24, -150.28), at(10.2, -149.98), at(10.02, -150.05)] },
          nowMs,
          1,
          9,
          {
            floor: [0, 'AGL'],
            ceiling: [91_440, 'AMSL'],
          },
        ),
      ],
      ['AAA 131'],
    ),
    item('AAA 133', 'zone', { title: 'SIMULATION. Separation area', language: 'en', state: 'in force' }, [
      volume({ polygon: [at(9.75, -150.6), at(10, -150.62), at(9.98, -150.38), at(9.78, -150.34)] }, nowMs, -48, 240, {
        ceiling: [300_000, 'AMSL'],
      }),
    ]),
    item('BBB 143', 'zone', { title: 'SIMULATION. Transit corridor', language: 'en', state: 'proposed' }, [
      volume(
        { corridor: [at(9.7, -150.25), at(9.9, -150.05), at(9.86, -149.8), at(10.05, -149.66)], width: 6_000 },
        nowMs,
        3,
        30,
        {
          floor: [60_960, 'WGS84'],
          ceiling: [121_920, 'WGS84'],
        },
      ),
    ]),
    item('BBB 145', 'stop', { title: 'SIMULATION. STOP of fire', language: 'en', state: 'called' }, [
      volume(circle(9.9, -150.8, 4_000), nowMs, -0.2, 6),
    ]),
    item('AAA 135', 'stop', { title: 'SIMULATION. STOP of flights', language: 'en', state: 'taken' }, [
      volume(circle(10.3, -149.8, 4_000), nowMs, -0.5, 4, { floor: [0, 'AGL'], ceiling: [300_000, 'AMSL'] }),
    ]),
    item('AAA 137', 'standstill', { title: 'تمرين. وقف النشاط', language: 'ar', state: 'no answer yet' }, [
      volume(circle(9.62, -149.95, 9_000), nowMs, 2, 26),
    ]),
    item('BBB 147', 'standstill', { title: 'תרגיל. השהיית פעילות', language: 'he', state: 'confirmed' }, [
      volume(circle(10.38, -150.55, 9_000), nowMs, -2, 20),
    ]),
    item('AAA 139', 'site', { title: 'SIMULATION. Field hospital', language: 'en', state: 'attested' }, [
      volume(circle(10.28, -150.05, 1_500), nowMs, -100, 300),
    ]),
    item('BBB 149', 'site', { title: 'SIMULATION. Water works', language: 'en', state: 'attested' }, [
      volume(circle(9.72, -150.75, 1_500), nowMs, -100, 300),
    ]),
  ];
}

/** The hard places of the globe: over the 180th meridian, round each pole, long edges. */
export function simulatedEdges(nowMs: number): readonly MapItem[] {
  const told = { title: 'SIMULATION', language: 'en', state: 'filed' };
  return [
    item('AAA 151', 'notice', told, [volume({ circle: [...at(0, 180), 800_000] }, nowMs, -1, 5)]),
    item('BBB 151', 'notice', told, [
      volume({ corridor: [at(-20, 170), at(-25, -165)], width: 300_000 }, nowMs, -1, 5),
    ]),
    item('AAA 153', 'zone', told, [volume({ circle: [...at(88, 20), 1_500_000] }, nowMs, -1, 5)]),
    item('BBB 153', 'zone', told, [volume({ polygon: [at(-75, 0), at(-75, 120), at(-75, -120)] }, nowMs, -1, 5)]),
    item('AAA 155', 'zone', told, [volume({ polygon: [at(60, -60), at(60, 60), at(50, 0)] }, nowMs, -1, 5)]),
  ];
}

/** So many notices, circles and polygons by turns, spread by a fixed rule over 5 by 5 degrees. */
export function manyItems(nowMs: number, count: number): readonly MapItem[] {
  let seed = 20_261_125;
  const next = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  return Array.from({ length: count }, (_, number) => {
    const [latitude, longitude, size] = [8 + 5 * next(), -152 + 5 * next(), 1_000 + 9_000 * next()];
    const [from, hours] = [-6 + 70 * next(), 2 + 10 * next()];
    const across = size / 111_000;
    const area: VolumeArea =
      number % 2 === 0
        ? { circle: [...at(latitude, longitude), Math.round(size)] }
        : {
            polygon: [
              at(latitude, longitude),
              at(latitude + across, longitude + across),
              at(latitude, longitude + 2 * across),
            ],
          };
    const kind = number % 20 === 0 ? (KINDS[(number / 20) % KINDS.length] ?? 'notice') : 'notice';
    const told = { title: 'SIMULATION', language: 'en', state: 'filed' };
    return item(`${number % 4 < 2 ? 'AAA' : 'BBB'} ${1000 + number}`, kind, told, [
      volume(area, nowMs, from, from + hours),
    ]);
  });
}

/** A gazetteer and a boundary of each party, of places that do not exist. */
export function simulatedPacks(): readonly MapPackView[] {
  const point = (longitude: number, latitude: number, name: string, lang: string): GeoJSON.Feature => ({
    type: 'Feature',
    properties: { name, lang },
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
  });
  const line = (...coordinates: number[][]): GeoJSON.FeatureCollection => ({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } }],
  });
  return [
    {
      number: 1,
      tiles: null,
      member: 'AAA',
      title: 'SIMULATION, places',
      kind: 'gazetteer',
      features: {
        type: 'FeatureCollection',
        features: [point(-150.45, 10.13, 'قرية النخيل', 'ar'), point(-149.85, 9.98, 'رأس الرمل', 'ar')],
      },
    },
    {
      number: 2,
      tiles: null,
      member: 'BBB',
      title: 'SIMULATION, places',
      kind: 'gazetteer',
      features: {
        type: 'FeatureCollection',
        features: [point(-150.45, 10.13, 'כפר תמרים', 'he'), point(-149.85, 9.98, 'כף החול', 'he')],
      },
    },
    {
      number: 3,
      tiles: null,
      member: 'AAA',
      title: 'SIMULATION, line',
      kind: 'boundaries',
      features: line([-151, 9.83], [-150.1, 9.86], [-149.4, 9.8]),
    },
    {
      number: 4,
      tiles: null,
      member: 'BBB',
      title: 'SIMULATION, line',
      kind: 'boundaries',
      features: line([-151, 9.8], [-150.1, 9.82], [-149.4, 9.84]),
    },
  ];
}
