import { describe, expect, it } from 'vitest';
import { visible } from './visible';

describe('a text of others', () => {
  it('cannot turn the direction of writing: an override is shown, not obeyed', () => {
    expect(visible('fire \u202eesaec\u202c')).toBe('fire [U+202E]esaec[U+202C]');
    expect(visible('a\u0007b\u2028c')).toBe('a[U+0007]b[U+2028]c');
  });

  it('keeps its lines, its joiners and its letters', () => {
    const text = 'می\u200cروم\nأوقفوا النار\nהפסיקו אש';
    expect(visible(text)).toBe(text);
  });
});
