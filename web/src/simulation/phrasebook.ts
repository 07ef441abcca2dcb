// SIMULATION: a few phrases in the form of the node's phrasebook, and a rendering that is only good enough to look at.

import type { JsonFields, Phrasebook, PhraseRendering, PhraseSlot, Renderings, Titles } from '../data/wire';
import { gridOf } from '../forms/place';

const slot = (kind: PhraseSlot['kind'], en: string, ar: string, he: string, enumeration?: string): PhraseSlot => ({
  kind,
  labels: { en, ar, he },
  limits: {},
  enumeration: enumeration ?? null,
});
const word = (code: string, en: string, ar: string, he: string) => ({ code, labels: { en, ar, he } });

export const SIMULATED_PHRASEBOOK: Phrasebook = {
  languages: [
    { tag: 'en', name: 'English', dir: 'ltr' },
    { tag: 'ar', name: 'العربية', dir: 'rtl' },
    { tag: 'he', name: 'עברית', dir: 'rtl' },
  ],
  categories: [
    { id: 'warning', titles: { en: 'Warning', ar: 'تحذير', he: 'אזהרה' } },
    { id: 'question', titles: { en: 'Question', ar: 'سؤال', he: 'שאלה' } },
    { id: 'stop', titles: { en: 'Stop', ar: 'قف', he: 'עצור' } },
  ],
  phrases: [
    {
      id: 'warning.unidentified',
      category: 'warning',
      precedence: 'FLASH',
      kinds: ['message'],
      titles: { en: 'Unidentified objects', ar: 'أجسام مجهولة', he: 'עצמים לא מזוהים' },
      outlines: {
        en: 'Warning: unidentified objects. [Objects] seen at [place], moving [direction], at [time].',
        ar: 'تحذير: أجسام مجهولة. شوهدت [أجسام] عند [المكان]، تتحرك نحو [الاتجاه]، في [الوقت].',
        he: 'אזהרה: עצמים לא מזוהים. נראו [עצמים] ב[מקום], נעים ל[כיוון], בשעה [שעה].',
      },
      slots: ['objects', 'place', 'direction', 'time'],
    },
    {
      id: 'question.ownership',
      category: 'question',
      precedence: 'IMMEDIATE',
      kinds: ['message'],
      titles: { en: 'Is it yours?', ar: 'هل هو تابع لكم؟', he: 'האם זה שלכם?' },
      outlines: {
        en: 'Question: is it yours? The object at [place] at [time].',
        ar: 'سؤال: هل هو تابع لكم؟ الجسم عند [المكان] في [الوقت].',
        he: 'שאלה: האם זה שלכם? העצם ב[מקום] בשעה [שעה].',
      },
      slots: ['place', 'time'],
    },
    {
      id: 'stop.fire-on-us',
      category: 'stop',
      precedence: 'FLASH',
      kinds: ['stop'],
      titles: { en: 'Fire on us', ar: 'نيران علينا', he: 'ירי עלינו' },
      outlines: {
        en: 'Stop: fire on us at [place] at [time].',
        ar: 'قف: نيران علينا عند [المكان] في [الوقت].',
        he: 'עצור: ירי עלינו ב[מקום] בשעה [שעה].',
      },
      slots: ['place', 'time'],
    },
  ],
  slots: {
    time: slot('instant', 'Time', 'الوقت', 'שעה'),
    place: slot('place', 'Place', 'المكان', 'מקום'),
    height: slot('height', 'Height', 'الارتفاع', 'גובה'),
    delay: slot('duration', 'Delay', 'التأخير', 'עיכוב'),
    distance: slot('distance', 'Distance', 'المسافة', 'מרחק'),
    bearing: slot('bearing', 'Bearing', 'السمت', 'כיוון במעלות'),
    unit: slot('unit', 'Unit', 'الوحدة', 'יחידה'),
    objects: slot('objects', 'Number of objects', 'عدد الأجسام', 'מספר העצמים', 'object'),
    direction: slot('choice', 'Direction', 'الاتجاه', 'כיוון', 'direction'),
  },
  enumerations: {
    object: [word('helicopter', 'helicopter', 'مروحية', 'מסוק'), word('vessel', 'vessel', 'سفينة', 'כלי שיט')],
    direction: [word('north', 'north', 'الشمال', 'צפון'), word('south', 'south', 'الجنوب', 'דרום')],
  },
};

/** The outline with what fills its blanks, one after the other. */
export function simulatedRenderings(id: string, slots: JsonFields): Renderings {
  const phrase = SIMULATED_PHRASEBOOK.phrases.find((one) => one.id === id);
  const values = phrase?.slots.map((name) => [name, told(slots[name])] as const) ?? [];
  return Object.fromEntries(
    Object.entries(phrase?.outlines ?? ({} as Titles)).map(([tag, outline]): [string, PhraseRendering] => {
      const dir = tag === 'en' ? 'ltr' : 'rtl';
      const words = outline.split(/\[[^\]]*\]/);
      const parts = words.flatMap((text, at) => {
        const value = values[at];
        return [{ text, slot: null, dir }, ...(value ? [{ text: value[1], slot: value[0], dir: 'ltr' }] : [])];
      }) as unknown as PhraseRendering['parts'];
      return [tag, { text: parts.map((part) => part.text).join(''), parts }];
    }),
  );
}

function told(value: JsonFields[string] | undefined): string {
  if (typeof value === 'number') return `${new Date(value).toISOString().slice(11, 16)} UTC`;
  if (Array.isArray(value) && value.length === 3) return gridOf([Number(value[0]), Number(value[1])]) ?? '';
  return Array.isArray(value) ? value.join(' ') : String(value ?? '');
}
