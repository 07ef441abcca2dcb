import { describe, expect, it } from 'vitest';
import { BadInput } from '../crypto/badInput';
import { fromHex } from '../crypto/bytes';
import vectors from '../vectors/charter.json';
import { decodeCharter } from './charter';

/** What Python tells of an area, and what is told here. */
function told(charter: string) {
  try {
    return { area: decodeCharter(fromHex(charter)).terms.area, fault: null };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const { code, reason, field, rule } = error;
    return { area: null, fault: { code, reason, field, rule } };
  }
}

describe('the area of a charter', () => {
  it('is read and refused as the node does', () => {
    for (const { charter, area, fault } of vectors) {
      const here = told(charter);
      if (area === null) expect(here.fault).toEqual(fault);
      else expect(here).toEqual({ area, fault: null });
    }
  });

  it('was tried in every way', () => {
    expect(new Set(vectors.map((one) => one.fault?.code))).toEqual(
      new Set([undefined, 'cbor.type', 'charter.value', 'charter.duplicate']),
    );
  });
});
