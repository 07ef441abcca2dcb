import { describe, expect, it } from 'vitest';
import { indexed } from '../../data/floor';
import type { ItemView } from '../../data/wire';
import { SIMULATED_FLOOR, SIMULATED_SESSION } from '../../simulation/floor';
import { itemOf, ladderOf } from '../../simulation/items';
import { offers } from './offers';

const floor = indexed(SIMULATED_FLOOR);
const open = { state: 'sent', over: false, opener: true };

const acts = (item: ItemView, around = open) =>
  offers(floor, SIMULATED_SESSION, item, around).map((offer) =>
    offer.act === 'move' ? `move ${offer.kind}` : offer.act,
  );

const theirs = itemOf({ author: 'BBB', addressees: ['AAA'], ladders: [ladderOf('AAA', { acknowledged: false })] });

describe('about a statement of another member', () => {
  it('acknowledging comes first, and then what follows from it', () => {
    expect(acts(theirs)[0]).toBe('acknowledge');
    expect(acts(theirs)).toContain('decline');
    expect(acts(theirs)).not.toContain('passed-on');
    const taken = { ...theirs, ladders: [ladderOf('AAA', { acknowledged: true })] };
    expect(acts(taken)).not.toContain('acknowledge');
    expect(acts(taken)).toEqual(expect.arrayContaining(['passed-on', 'outcome', 'answer', 'clarification.asked']));
  });

  it('what was read back otherwise can be read back anew, though it was taken', () => {
    expect(acts({ ...theirs, ladders: [ladderOf('AAA', { acknowledged: true, mismatched: ['area'] })] })[0]).toBe(
      'acknowledge',
    );
  });

  it('that is void, nothing is offered; that is superseded, no acknowledgement', () => {
    const because = { code: 'mandate.exceeded', reason: '', arguments: {}, before: null, unseen: false };
    expect(acts({ ...theirs, because })).toEqual([]);
    expect(acts({ ...theirs, superseded: 'BBB 9' })).not.toContain('acknowledge');
  });

  it('nothing moves the case but what the procedure allows this member in this state', () => {
    expect(acts(theirs)).not.toContain('move close');
    expect(acts(theirs)).toContain('move message');
    expect(acts(theirs, { ...open, state: 'closed', over: true })).not.toContain('move message');
  });
});

describe('about a statement of our own', () => {
  const ours = itemOf({ author: 'AAA', addressees: ['BBB'], ladders: [ladderOf('BBB')] });

  it('it can be corrected, closed, and clarified where it is questioned', () => {
    expect(acts(ours)).toEqual(expect.arrayContaining(['correction', 'move close', 'move message']));
    expect(acts(ours)).not.toContain('clarification.asked');
    expect(acts({ ...ours, questioned: true })[0]).toBe('clarification.answered');
  });

  it('a stop can be extended, lifted and withdrawn by its caller alone', () => {
    const stop = { ...ours, kind: 'stop' };
    const called = { ...open, state: 'called' };
    expect(acts(stop, called)).toEqual(expect.arrayContaining(['move extend', 'move lift', 'move withdraw']));
    expect(acts({ ...stop, author: 'BBB' }, called)).not.toContain('move lift');
  });
});

describe('a proof of life', () => {
  it('asked of us has one answer, and it is the one to press', () => {
    const asked = itemOf({ kind: 'proof', author: 'BBB', addressees: ['AAA'], content: {} });
    expect(offers(floor, SIMULATED_SESSION, asked, { ...open, state: 'asked' })[0]).toMatchObject({
      kind: 'present',
      isMain: true,
    });
  });
});

describe('an officer without the mandate', () => {
  it('is offered nothing that would be void', () => {
    const session = { ...SIMULATED_SESSION, mandates: [] };
    expect(offers(floor, session, theirs, open)).toEqual([]);
  });
});

describe('a statement that awaits a second officer', () => {
  it('is released by another position with one of the mandates, not by its author', () => {
    const countersigned = indexed({
      ...SIMULATED_FLOOR,
      kinds: SIMULATED_FLOOR.kinds.map((rule) =>
        rule.name === 'message' ? { ...rule, countersigned_by: ['watch'] } : rule,
      ),
    });
    const waiting = itemOf({ author: 'AAA', position: 'duty-2', released: null });
    const offered = (item: ItemView) => offers(countersigned, SIMULATED_SESSION, item, open).map((one) => one.act);
    expect(offered(waiting)).toContain('release');
    expect(offered({ ...waiting, position: 'duty-1' })).not.toContain('release');
    expect(offered({ ...waiting, author: 'BBB' })).not.toContain('release');
  });
});

describe('a statement that assents decide', () => {
  const [works] = SIMULATED_FLOOR.desks.filter((desk) => desk.name === 'works');
  const [opens] = works?.kinds.filter((kind) => kind.opens !== null) ?? [];
  const assented = indexed({
    ...SIMULATED_FLOOR,
    desks: SIMULATED_FLOOR.desks.map((desk) => ({
      ...desk,
      procedures: desk.procedures.map((one) => ({
        ...one,
        moves: [
          ...one.moves,
          { kind: 'assent', frm: ['asked'], to: 'agreed', who: 'addressee', needs: 'all-assent' } as const,
        ],
      })),
    })),
  });
  const offered = (item: ItemView, around = { ...open, state: 'asked' }) =>
    offers(assented, SIMULATED_SESSION, item, around).map((one) => one.act);

  it('is assented to by whom the procedure names, in its state, and not once it is superseded', () => {
    const asked = itemOf({ kind: opens?.name ?? '', author: 'BBB', addressees: ['AAA'] });
    expect(offered(asked)).toContain('assent');
    expect(offered({ ...asked, author: 'AAA', addressees: ['BBB'] })).not.toContain('assent');
    expect(offered({ ...asked, superseded: 'BBB 9' })).not.toContain('assent');
    expect(offered(asked, { ...open, state: 'agreed' })).not.toContain('assent');
  });
});

describe('about a handover of the watch', () => {
  const { position, member } = SIMULATED_SESSION;
  const offered = { ...open, state: 'offered' };
  const handover = (to: string, author: string) => itemOf({ author, kind: 'handover', content: { to, sheet: 'a' } });

  it('taking it over is offered to the very position named, of that member, and to no other', () => {
    const told = (item: ItemView) =>
      offers(withHandover, SIMULATED_SESSION, item, offered).some((one) => one.kind === 'take-over');
    expect(told(handover(position, member))).toBe(true);
    expect(told(handover('duty-9', member))).toBe(false);
    expect(told(handover(position, 'BBB'))).toBe(false);
  });
});

const withHandover = {
  ...floor,
  rule: () => floor.rule('message'),
  procedureOf: () => ({
    name: 'handover',
    states: [],
    initial: 'offered',
    moves: [{ kind: 'take-over', frm: ['offered'], to: 'taken-over', who: 'named', needs: 'nothing' }],
    clocks: [],
  }),
};
