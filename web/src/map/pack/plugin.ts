// Makes the map that ships when a build begins, once for each version of its sources, in the cache of `node_modules`; the page
// imports its files as `map-pack/land.json?url`.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { LAYERS, makeLayer } from './makePack.ts';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/map-pack/', import.meta.url));
const MAKERS = ['./makePack.ts', '../outline.ts', '../geodesy.ts'].map((one) =>
  fileURLToPath(new URL(one, import.meta.url)),
);
const LOCK = fileURLToPath(new URL('../../../package-lock.json', import.meta.url));

export function mapPack(): Plugin {
  return {
    name: 'parley-map-pack',
    config: () => ({ resolve: { alias: { 'map-pack': CACHE } } }),
    buildStart: makeWhereOld,
  };
}

function makeWhereOld(): void {
  const sources = [...MAKERS, LOCK].map((one) => readFileSync(one, 'utf8')).join('');
  const stamp = `${CACHE}made-of`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  mkdirSync(CACHE, { recursive: true });
  for (const layer of LAYERS) writeFileSync(CACHE + layer.file, JSON.stringify(makeLayer(layer)));
  writeFileSync(stamp, sources);
}
