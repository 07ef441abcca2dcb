import { describe, expect, it } from 'vitest';
import type { Field, FieldKind, Json } from '../data/wire';
import { OTHER_DESK } from '../simulation/otherDesk';
import tolerances from '../vectors/tolerances.json';
import { FIRST_CONVENTIONS } from './conventions';
import { blankEntries, entriesOf, readEntries, readEntry, writeEntry } from './entry';
import { agree, blankReadBack, chosenCorner, readReadBack } from './readBack';

const now = Date.UTC(2026, 10, 25, 2, 0);
const kind = OTHER_DESK.kinds[0];
if (!kind) throw new Error('no kind');

const FULL: Readonly<Record<string, Json>> = {
  subject: 'Water line',
  what: 'Repair of the water line. أشغال',
  lang: 'en',
  start: now,
  lasts: 7_200_000,
  meeting: [331_254_000, 358_012_000],
  area: {
    polygon: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  },
  ceiling: [90_000, 'AMSL'],
  sort: 'works',
  with: ['BBB', 'FAC'],
  lead: 'AAA',
  after: 'AAA 4',
  persons: 12,
  escorted: false,
  covers: ['message', 'stop'],
};

describe('the form of a kind', () => {
  it('comes back to the content it was filled from, field by field', () => {
    const entries = entriesOf(kind.fields, FULL, FIRST_CONVENTIONS, now);
    expect(readEntries(kind.fields, kind.one_of, entries)).toEqual({ content: FULL, faults: {} });
  });

  it('left empty lacks what is required, and says nothing of the rest', () => {
    const entries = blankEntries(kind.fields, FIRST_CONVENTIONS, now);
    expect(readEntries(kind.fields, kind.one_of, entries)).toEqual({
      content: {},
      faults: { subject: 'missing', start: 'missing' },
    });
  });

  it('needs one of a group', () => {
    const fields: readonly Field[] = kind.fields.filter((field) => ['what', 'lang'].includes(field.name));
    const entries = blankEntries(fields, FIRST_CONVENTIONS, now);
    expect(readEntries(fields, [['what', 'lang']], entries).faults).toEqual({ what: 'missing' });
  });

  it.each([
    ['persons', 'many', 'number'],
    ['after', 'somewhere', 'reference'],
    ['lang', 'English', 'language'],
    ['subject', 'x'.repeat(121), 'too-long'],
  ])('refuses %s "%s"', (name, text, fault) => {
    const field = kind.fields.find((one) => one.name === name);
    if (!field) throw new Error(name);
    expect(readEntry(field, { kind: 'text', text })).toEqual({ ok: false, fault });
  });

  it('reads a reference as people type it', () => {
    const field = kind.fields.find((one) => one.name === 'after') as Field;
    expect(readEntry(field, { kind: 'text', text: 'bbb-12' })).toEqual({ ok: true, value: 'BBB 12' });
  });

  it('is not broken by a value of another kind', () => {
    for (const field of kind.fields) {
      const entry = writeEntry(field, { odd: true }, FIRST_CONVENTIONS, now);
      expect(readEntry(field, entry), field.name).toMatchObject({ ok: false });
    }
  });
});

describe('a read-back', () => {
  it.each(tolerances)(
    'of $kind agrees as on the node: $agree',
    ({ kind: fieldKind, said, readBack, agree: wanted }) => {
      expect(agree(fieldKind as FieldKind, said as Json, readBack as Json)).toBe(wanted);
    },
  );

  it('of a polygon asks for one corner, chosen by the digest, and for no other', () => {
    const field = kind.fields.find((one) => one.name === 'area') as Field;
    const said = FULL['area'] as Json;
    const digest = `0000000${1}`.padEnd(64, '0');
    expect(chosenCorner(digest, 3)).toBe(1);
    const blank = blankReadBack(field, said, digest, FIRST_CONVENTIONS, now);
    if (blank.kind !== 'area') throw new Error(blank.kind);
    expect(readReadBack(field, blank, said, digest)).toEqual({ ok: false, fault: 'missing' });
    const corners = blank.area.corners.map((corner, at) =>
      at === 1 ? { ...corner, latitude: '0.0000009', longitude: '0.0000004' } : corner,
    );
    expect(readReadBack(field, { ...blank, area: { ...blank.area, corners } }, said, digest)).toEqual({
      ok: true,
      value: {
        polygon: [
          [1, 2],
          [9, 4],
          [5, 6],
        ],
      },
    });
  });
});
