import { describe, expect, it } from 'vitest';
import { hex } from '../crypto/bytes';
import { kidOf } from '../crypto/publicKeys';
import { indexed } from '../data/floor';
import { Problem } from '../data/problem';
import { decodeContent } from '../record/content';
import { parseStatement, signStatement } from '../record/statement';
import { SIMULATED_FLOOR, SIMULATED_SESSION } from '../simulation/floor';
import { itemOf } from '../simulation/items';
import { signerOf } from '../vectors/read';
import { atPrecedence, sayingAbout, sayingOpening } from './about';
import { cborOf, prepare } from './saying';

const floor = indexed(SIMULATED_FLOOR);
const session = { ...SIMULATED_SESSION, kid: hex(kidOf(new Uint8Array(32))) };
const chance = { nowMs: 1_790_000_000_999, salt: new Uint8Array(16).fill(7), nonce: new Uint8Array(16).fill(8) };

describe('a saying', () => {
  it('is signed as it was prepared, field by field', async () => {
    const opening = sayingOpening(floor, session, 'stop', 'FLASH');
    if (!opening) throw new Error('no right to call STOP');
    const saying = { ...opening, content: { area: { circle: [1, -2, 3] }, activity: 'fire', until: 5 } };
    const prepared = prepare(saying, session, floor, chance);
    const { fields } = parseStatement(await signStatement(prepared.fields, await signerOf('11'.repeat(32))));
    expect(fields).toMatchObject({
      issuer: 'AAA/duty-1',
      caseRef: null,
      issuedAtS: 1_790_000_000,
      kind: 'stop',
      channel: 1,
      precedence: 3,
      addressees: 0b010,
      mandate: 'watch',
      contentBytes: prepared.content.length,
    });
    expect(Array.from(decodeContent(prepared.content).keys()).toSorted()).toEqual(['activity', 'area', 'until']);
  });

  it('about a statement names it, belongs to its case, and goes to whom it concerns', () => {
    const item = itemOf({ author: 'BBB', addressees: ['AAA', 'FAC'], precedence: 'FLASH', case: 'BBB 4' });
    expect(sayingAbout(floor, session, item, 'acknowledge', {})).toEqual({
      kind: 'acknowledge',
      version: 1,
      channel: 'line',
      caseRef: 'BBB 4',
      precedence: 'FLASH',
      addressees: ['BBB', 'FAC'],
      about: [item.digest],
      mandate: 'watch',
      content: {},
    });
    expect(sayingAbout(floor, { ...session, mandates: [] }, item, 'acknowledge', {})).toBeNull();
  });

  it('that releases is signed under a mandate that the charter names for the release', () => {
    const rule = { version: 1, desk: 'line', channels: [1], mandates: ['watch', 'head'] };
    const kinds = [
      { ...rule, name: 'seal', countersigned_by: ['head'] },
      { ...rule, name: 'release', countersigned_by: [] },
    ];
    const signing = indexed({ ...SIMULATED_FLOOR, kinds });
    const [watch] = session.mandates;
    if (!watch) throw new Error('no mandate');
    const head = { ...session, mandates: [watch, { ...watch, name: 'head' }] };
    const item = itemOf({ author: 'AAA', kind: 'seal', released: null });
    expect(sayingAbout(signing, head, item, 'release', {})).toMatchObject({ mandate: 'head' });
    expect(sayingAbout(signing, session, item, 'release', {})).toBeNull();
  });

  it('at another precedence keeps its mandate where that covers it', () => {
    const saying = sayingOpening(floor, session, 'message', 'ROUTINE');
    expect(saying && atPrecedence(floor, session, saying, 'FLASH')).toMatchObject({
      precedence: 'FLASH',
      mandate: 'watch',
    });
  });

  it('holds integers only: a number that could be read two ways is not signed', () => {
    expect(() => cborOf({ height: 1.5 })).toThrow(Problem);
    expect(() => cborOf(2 ** 53)).toThrow(Problem);
    expect(cborOf([1, 'a', { b: true }])).toEqual([1, 'a', new Map([['b', true]])]);
  });

  it('to a member or on a channel that there is not is not prepared', () => {
    const saying = sayingOpening(floor, session, 'message', 'ROUTINE');
    if (!saying) throw new Error('no right');
    expect(() => prepare({ ...saying, addressees: ['ZZZ'] }, session, floor, chance)).toThrow(Problem);
    expect(() => prepare({ ...saying, channel: 'nowhere' }, session, floor, chance)).toThrow(Problem);
  });
});
