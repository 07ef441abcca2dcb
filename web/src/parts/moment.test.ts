import { describe, expect, it } from 'vitest';
import { FACTS, LANGUAGES } from '../language/languages';
import { momentWords } from './moment';

const MOMENT = Date.UTC(2026, 10, 3, 21, 5, 9);

describe('a moment', () => {
  it.each(LANGUAGES)('is written in 24 hours, Western digits and with its zone, in %s', (language) => {
    const words = momentWords(MOMENT, null, FACTS[language].locale, { seconds: true });
    expect(words.time).toBe('21:05:09');
    expect(words.zone).toBe('UTC');
    expect(words.date).toMatch(/3/);
    expect(words.date).toMatch(/2026/);
    expect(words.date).not.toMatch(/[\d][-/.][\d]|[٠-٩]/);
  });

  it('in a local zone names the offset and the local day', () => {
    const words = momentWords(MOMENT, 'Etc/GMT-3', FACTS.en.locale);
    expect(words).toEqual({ time: '00:05', date: '4 Nov 2026', zone: 'UTC+3' });
  });

  it('west of Greenwich bears a minus sign, not a hyphen', () => {
    expect(momentWords(MOMENT, 'Etc/GMT+5', FACTS.en.locale).zone).toBe('UTC\u22125');
  });
});
