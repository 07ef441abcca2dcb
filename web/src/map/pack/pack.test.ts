import { expect, it } from 'vitest';
import { LAYERS, makeLayer } from './makePack';

it('x', () => {
  for (const l of LAYERS) {
    console.time(l.file);
    const m = makeLayer(l);
    console.timeEnd(l.file);
    const j = JSON.stringify(m);
    console.log(
      l.file,
      m.geometries.length,
      m.geometries.reduce((n, g) => n + g.coordinates.flat().length, 0),
      j.length,
    );
  }
  expect(1).toBe(1);
});
