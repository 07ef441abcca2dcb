// The page: the watch floor, or at `#gallery` its parts from data that are a SIMULATION.

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import './design/fonts.css';
import './design/tokens.css';
import './design/base.css';
import './parts/parts.css';
import { storedLook, wear } from './design/theme';
import { LiveFloor } from './floor/LiveFloor';
import { LanguageProvider, speak, storedLanguage } from './language/LanguageProvider';
import { NowProvider } from './parts/Now';

const Gallery = lazy(() => import('./gallery/Gallery'));
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });

async function start(root: HTMLElement): Promise<void> {
  const language = storedLanguage();
  wear(storedLook());
  await speak(language);
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider first={language}>
        <QueryClientProvider client={queries}>
          {location.hash.startsWith('#gallery') ? (
            <Suspense>
              <Gallery />
            </Suspense>
          ) : (
            <NowProvider>
              <LiveFloor />
            </NowProvider>
          )}
        </QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('floor');
if (root) void start(root);
