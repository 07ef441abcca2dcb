// The theatre of the demo: every member's floor side by side, each a frame of that member's own node; what happens, told in
// words; and keys that make it happen. Served by the demo alone, never by a node.

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../design/fonts.css';
import '../design/tokens.css';
import '../design/base.css';
import '../parts/parts.css';
import { FIRST_LOOK, wear } from '../design/theme';
import { LanguageProvider, speak, storedLanguage } from '../language/LanguageProvider';
import { Theatre } from './Theatre';

const QUERIES = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });

async function start(root: HTMLElement): Promise<void> {
  const language = storedLanguage();
  wear(FIRST_LOOK);
  await speak(language);
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider first={language}>
        <QueryClientProvider client={QUERIES}>
          <Theatre />
        </QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('floor');
if (root) void start(root);
