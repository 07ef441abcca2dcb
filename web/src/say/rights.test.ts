import { describe, expect, it } from 'vitest';
import { indexed } from '../data/floor';
import { SIMULATED_FLOOR, SIMULATED_SESSION } from '../simulation/floor';
import { addresseesOn, channelsFor, mandatesFor, maySay, precedenceFor } from './rights';

const floor = indexed(SIMULATED_FLOOR);
const session = SIMULATED_SESSION;
const low = { ...session, mandates: session.mandates.map((one) => ({ ...one, ceiling: 'PRIORITY' as const })) };

describe('a mandate', () => {
  it('covers a kind only where the charter names it, and up to its ceiling', () => {
    expect(mandatesFor(floor, session, 'message', 'FLASH').map((one) => one.name)).toEqual(['watch']);
    expect(mandatesFor(floor, low, 'message', 'FLASH')).toEqual([]);
    expect([maySay(floor, session, 'suspend'), maySay(floor, session, 'unheard-of')]).toEqual([false, false]);
  });

  it('lowers the precedence of an answer rather than forbidding it', () => {
    expect(precedenceFor(floor, low, 'acknowledge', 'FLASH')).toBe('PRIORITY');
    expect(precedenceFor(floor, session, 'acknowledge', 'FLASH')).toBe('FLASH');
    expect(precedenceFor(floor, session, 'suspend', 'FLASH')).toBeNull();
  });
});

describe('a channel', () => {
  it('is offered where the kind is open and this member reads it', () => {
    expect(channelsFor(floor, 'message').map((one) => one.name)).toEqual(['line', 'caucus-aaa']);
  });

  it('addresses the other parties by default, the facilitator where there is no other party', () => {
    const [line, caucus] = channelsFor(floor, 'message');
    expect(line && addresseesOn(floor, line)).toEqual({ possible: ['BBB', 'FAC'], usual: ['BBB'] });
    expect(caucus && addresseesOn(floor, caucus)).toEqual({ possible: ['FAC'], usual: ['FAC'] });
  });
});
