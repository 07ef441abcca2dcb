import { describe, expect, it } from 'vitest';
import { indexed } from '../../data/floor';
import type { DraftView } from '../../data/wire';
import { FIRST_CONVENTIONS } from '../../forms/conventions';
import { sayingOpening } from '../../say/about';
import { SIMULATED_FLOOR, SIMULATED_SESSION } from '../../simulation/floor';
import { draftRequest, firstEntries, sayingOfDraft, wasTouched, withoutIdleLanguage } from './draft';
import { openers } from './openers';

const floor = indexed(SIMULATED_FLOOR);
const message = floor.kind('message');
if (!message) throw new Error('no message');

describe('what is written', () => {
  it('names its language only where something is written', () => {
    expect(withoutIdleLanguage(message.fields, { lang: 'en', phrase: {} })).toEqual({ phrase: {} });
    expect(withoutIdleLanguage(message.fields, { lang: 'en', text: 'x' })).toEqual({ lang: 'en', text: 'x' });
  });

  it("is in the language of the screen where this member speaks it, else in the member's own", () => {
    const entry = (language: string) => firstEntries(floor, message.fields, {}, FIRST_CONVENTIONS, language, 0)['lang'];
    expect(entry('en')).toEqual({ kind: 'text', text: 'en' });
    expect(entry('he')).toEqual({ kind: 'text', text: 'ar' });
  });
});

describe('a draft', () => {
  const saying = sayingOpening(floor, SIMULATED_SESSION, 'message', 'IMMEDIATE');
  if (!saying) throw new Error('no right');
  const body = draftRequest({ ...saying, content: { text: 'x', lang: 'en' } }, 'en', 'draft');
  const draft = {
    id: '1',
    version: 1,
    state: 'draft',
    author: 'duty-2',
    updated_ms: 0,
    body,
    reference: null,
    notes: [],
  };

  it('is picked up as it was left, under a mandate of whoever picks it up', () => {
    const other = { ...SIMULATED_SESSION, mandates: [{ name: 'release', title: '', ceiling: 'FLASH' as const }] };
    expect(sayingOfDraft(floor, other, draft as DraftView)).toMatchObject({
      precedence: 'IMMEDIATE',
      addressees: ['BBB'],
      mandate: 'release',
      content: { text: 'x', lang: 'en' },
    });
    expect(sayingOfDraft(floor, { ...other, mandates: [] }, draft as DraftView)).toBeNull();
  });

  it('never addresses who is no member, nor its own', () => {
    const odd = { ...draft, body: { ...body, addressees: ['AAA', 'BBB', 'ZZZ'] } };
    expect(sayingOfDraft(floor, SIMULATED_SESSION, odd as DraftView)?.addressees).toEqual(['BBB']);
  });
});

describe('what opens a case at a desk', () => {
  it('is what the desk declares and the charter opens; STOP has a key of its own', () => {
    const kinds = openers(floor, 'line').map((kind) => kind.name);
    expect(kinds[0]).toBe('message');
    expect(kinds).toEqual(expect.arrayContaining(['service', 'proof', 'suspend', 'quotation']));
    expect(kinds).not.toContain('stop');
    expect(openers(floor, 'works').map((kind) => kind.name)).toEqual(['works-notice']);
  });
});

describe('what stands in the composer when its officer leaves', () => {
  const first = sayingOpening(floor, SIMULATED_SESSION, 'message', 'ROUTINE');
  if (!first) throw new Error('no right');

  it('is worth keeping once something was written or chosen, and not before', () => {
    expect(wasTouched(first, first)).toBe(false);
    expect(wasTouched({ ...first, content: { lang: 'ar' } }, first)).toBe(false);
    expect(wasTouched({ ...first, content: { text: 'x', lang: 'ar' } }, first)).toBe(true);
    expect(wasTouched({ ...first, precedence: 'FLASH' }, first)).toBe(true);
    expect(wasTouched({ ...first, addressees: [] }, first)).toBe(true);
  });
});
