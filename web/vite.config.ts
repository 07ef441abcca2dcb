// The page is built into the node's package, which serves it as files. Addresses are relative, so that it works under
// any path; nothing is loaded from elsewhere; names of assets carry a hash of their content.

import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mapPack } from './src/map/pack/plugin.ts';

export default defineConfig({
  base: './',
  plugins: [
    react(),
    lingui(),
    mapPack(),
    babel({ include: /\/web\/src\/.*\.tsx?$/, plugins: ['@lingui/babel-plugin-lingui-macro'], sourceMap: false }),
  ],
  build: {
    outDir: '../src/parley/api/floor',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    // MapLibre is over a megabyte, and only read where a map is drawn.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: ['index.html', 'theatre.html'], checks: { pluginTimings: false } },
  },
  server: { host: '127.0.0.1' },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    reporters: 'default',
  },
});
