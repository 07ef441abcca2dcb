import { describe, expect, it } from 'vitest';
import { BLANK, readOtherwise } from './otherwise';

describe('a place that is also said otherwise', () => {
  it('is by its name, and counts only if there is one', () => {
    expect(readOtherwise(BLANK)).toEqual({ place_name: null, landmark: null });
    expect(readOtherwise({ ...BLANK, placeName: '  جسر ' }).place_name).toBe('جسر');
  });

  it('is from a landmark, once bearing and distance can be read', () => {
    const entry = { ...BLANK, landmark: 'Bridge', bearing: '045', kilometres: '12,5' };
    expect(readOtherwise(entry).landmark).toEqual({ name: 'Bridge', bearing_deg: 45, distance_m: 12_500 });
    for (const wrong of [
      { bearing: '' },
      { bearing: '361' },
      { bearing: 'N' },
      { kilometres: '1e3' },
      { landmark: ' ' },
    ]) {
      expect(readOtherwise({ ...entry, ...wrong }).landmark).toBeNull();
    }
  });
});
