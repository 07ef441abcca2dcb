import { describe, expect, it } from 'vitest';
import { SIMULATED_FLOOR } from '../simulation/floor';
import { indexed, titleIn } from './floor';

const floor = indexed(SIMULATED_FLOOR);

describe('the floor', () => {
  it('knows the desk of a kind, and which belong to all desks', () => {
    expect(floor.deskOf('stop')?.name).toBe('line');
    expect([floor.deskOf('acknowledge'), floor.isHandling('acknowledge')]).toEqual([null, true]);
    expect(floor.kind('unheard-of')).toBeNull();
  });

  it('knows the procedure of the case that a kind opens', () => {
    expect(floor.procedureOf('stop')?.initial).toBe('called');
    expect(floor.procedureOf('close')).toBeNull();
  });
});

describe('a label', () => {
  it('falls back to English, then to whatever there is', () => {
    expect(titleIn({ en: 'Stop', ar: 'قف' }, 'ar')).toBe('قف');
    expect(titleIn({ en: 'Stop' }, 'he')).toBe('Stop');
    expect(titleIn({ xx: 'x' }, 'he')).toBe('x');
  });
});
