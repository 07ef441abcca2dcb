// SIMULATION: a desk that no program declares, with a field of every kind, so that what is drawn from declarations alone is
// shown and tested.

import type { Desk, Field, FieldKind } from '../data/wire';

function field(name: string, kind: FieldKind, en: string, more: Partial<Field> = {}): Field {
  return { name, kind, title: { en }, required: false, critical: false, choices: [], free: false, ...more };
}

const FIELDS: readonly Field[] = [
  field('subject', 'label', 'Subject', { required: true }),
  field('what', 'text', 'What is planned', { free: true }),
  field('lang', 'language', 'Language'),
  field('start', 'instant', 'Start', { required: true, critical: true }),
  field('lasts', 'span', 'Lasts'),
  field('meeting', 'place', 'Meeting place', { critical: true }),
  field('area', 'area', 'Area', { critical: true }),
  field('ceiling', 'height', 'Ceiling', { critical: true }),
  field('sort', 'choice', 'Sort', {
    choices: [
      { value: 'works', title: { en: 'Works' }, wants: null },
      { value: 'relief', title: { en: 'Relief' }, wants: null },
    ],
  }),
  field('with', 'members', 'Together with'),
  field('lead', 'member', 'Led by'),
  field('after', 'reference', 'Follows'),
  field('persons', 'count', 'Persons'),
  field('escorted', 'flag', 'Escorted'),
  field('covers', 'names', 'Kinds covered'),
];

const TRAITS = { acknowledged: true, rings: true, acts_first: false, life_safety: false, expires: null, version: 1 };

export const OTHER_DESK: Desk = {
  name: 'works',
  title: { en: 'Works (SIMULATION)', ar: 'أشغال (محاكاة)', he: 'עבודות (סימולציה)' },
  kinds: [
    { ...TRAITS, name: 'works-notice', title: { en: 'Notice of works' }, fields: FIELDS, opens: 'works', one_of: [] },
    {
      ...TRAITS,
      name: 'works-done',
      title: { en: 'Works are done' },
      fields: [field('lang', 'language', 'Language'), field('text', 'text', 'Text', { free: true })],
      opens: null,
      one_of: [],
    },
  ],
  procedures: [
    {
      name: 'works',
      initial: 'filed',
      states: [
        { name: 'filed', title: { en: 'Filed' }, final: false },
        { name: 'done', title: { en: 'Done' }, final: true },
      ],
      moves: [{ kind: 'works-done', frm: ['filed'], to: 'done', who: 'opener', needs: 'nothing' }],
    },
  ],
};
