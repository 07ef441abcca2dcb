// Catalogues of the interface's own words, one a language. PARLEY_CATALOGUES names another folder, for the test that
// compares the committed ones with what the sources say.

import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

const folder = process.env['PARLEY_CATALOGUES'] ?? 'src/language/catalogues';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'ar', 'he'],
  catalogs: [{ path: `${folder}/{locale}`, include: ['src'], exclude: ['**/*.test.*'] }],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
});
