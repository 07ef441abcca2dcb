import { describe, expect, it } from 'vitest';
import { visible } from './visible';

describe('a text of others', () => {
  it('cannot turn the direction of writing: an override is shown, not obeyed', () => {
    expect(visible('fire \u202eesaec\u202c')).toBe('fire [U+202E]esaec[U+202C]');
    expect(visible('a\u0007b\u2028c')).toBe('a[U+0007]b[U+2028]c');
  });

  it('hides nothing: what is not seen is shown', () => {
    expect(visible('I\u200dS\u200bR\u00ad')).toBe('I[U+200D]S[U+200B]R[U+00AD]');
    expect(visible('\u3164\u2800\ufeff\u{e0063}\uffff\ufffa')).toBe(
      '[U+3164][U+2800][U+FEFF][U+E0063][U+FFFF][U+FFFA]',
    );
    expect(visible('a\ufe01\u2062')).toBe('a[U+FE01][U+2062]');
  });

  it('keeps its lines, its joiners and its letters', () => {
    const text = 'می\u200cروم\nأوقفوا النار\nהפסיקו אש 👩🏽\u200d🚀 ❤\ufe0f ॐ é e\u0301';
    expect(visible(text)).toBe(text);
  });
});
