// The page: the watch floor over its node, or at `#gallery` over a simulation of one.

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import './design/fonts.css';
import './design/tokens.css';
import './design/base.css';
import './parts/parts.css';
import { App } from './app/App';
import { ClientContext } from './data/client';
import { httpClient } from './data/http';
import { storedLook, wear } from './design/theme';
import { ConventionsProvider } from './forms/ConventionsProvider';
import { LanguageProvider, speak, storedLanguage } from './language/LanguageProvider';
import { NowProvider } from './parts/Now';

const Gallery = lazy(() => import('./gallery/Gallery'));

async function start(root: HTMLElement): Promise<void> {
  const language = storedLanguage();
  wear(storedLook());
  await speak(language);
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider first={language}>
        <ConventionsProvider>
          {location.hash.startsWith('#gallery') ? (
            <Suspense>
              <Gallery />
            </Suspense>
          ) : (
            <OverNode />
          )}
        </ConventionsProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}

function OverNode() {
  return (
    <ClientContext.Provider value={NODE}>
      <QueryClientProvider client={QUERIES}>
        <NowProvider>
          <App />
        </NowProvider>
      </QueryClientProvider>
    </ClientContext.Provider>
  );
}

const NODE = httpClient(document.baseURI, (...asked) => fetch(...asked));
const QUERIES = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });

const root = document.getElementById('floor');
if (root) void start(root);
