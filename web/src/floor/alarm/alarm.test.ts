import { describe, expect, it } from 'vitest';
import { ringOf } from '../../simulation/clocks';
import { alarmOf, reaches, SILENCE_MS, silenced, titleOf } from './alarm';

const flash = ringOf({ precedence: 'FLASH' });
const routine = ringOf({ reference: 'BBB 8', precedence: 'ROUTINE' });

describe('the alarm', () => {
  it('is heard as long as anything rings, louder for FLASH and for what has escalated', () => {
    expect(alarmOf([], {}, 0).loudness).toBe('none');
    expect(alarmOf([routine], {}, 0).loudness).toBe('steady');
    expect(alarmOf([routine, flash], {}, 0).loudness).toBe('urgent');
    expect(alarmOf([{ ...routine, stage: 'missed' }], {}, 0).loudness).toBe('urgent');
  });

  it('is silent for a minute, and not a moment longer', () => {
    const silences = silenced([flash], {}, 1000);
    expect(alarmOf([flash], silences, 1000 + SILENCE_MS - 1)).toMatchObject({
      loudness: 'none',
      silentUntilMs: 1000 + SILENCE_MS,
    });
    expect(alarmOf([flash], silences, 1000 + SILENCE_MS).loudness).toBe('urgent');
  });

  it('is heard again at once for what is new, and for what rings further', () => {
    const silences = silenced([flash], {}, 0);
    expect(alarmOf([flash, routine], silences, 10)).toMatchObject({ loudness: 'steady', heard: [routine] });
    expect(alarmOf([{ ...flash, stage: 'alternates', alternates: 1 }], silences, 10).loudness).toBe('urgent');
  });

  it('is told in the title too', () => {
    expect(titleOf([flash, routine], 'FLASH', 'Parley')).toBe('(2) FLASH · Parley');
    expect(titleOf([], 'FLASH', 'Parley')).toBe('Parley');
  });
});

describe('a ring', () => {
  it('reaches the positions that it names, or everybody where it names none', () => {
    expect(reaches(ringOf(), 'duty-9')).toBe(true);
    expect(reaches(ringOf({ positions: ['duty-2', 'duty-3'] }), 'duty-3')).toBe(true);
    expect(reaches(ringOf({ positions: ['duty-2'] }), 'duty-3')).toBe(false);
  });
});
