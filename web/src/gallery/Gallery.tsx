// The gallery: the floor over a simulated node, in each state it can be in, held at one moment. Everything in it is a
// SIMULATION. `#gallery` lists the scenes, `#gallery/NAME` shows one alone, as tests and pictures take them; statements signed
// in a scene are taken by its node.

import { Trans } from '@lingui/react/macro';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Live } from '../app/Live';
import { SeatContext, type Seated } from '../app/seat';
import { ClientContext, type NodeClient } from '../data/client';
import { indexed } from '../data/floor';
import { Floor } from '../floor/Floor';
import { NowProvider } from '../parts/Now';
import { SIMULATED_FLOOR, SIMULATED_SESSION } from '../simulation/floor';
import { SimulatedNode } from '../simulation/node';
import { passingKey } from '../simulation/passingKey';
import { MOMENT_MS, WORLDS, type WorldName } from '../simulation/world';
import './gallery.css';
import { KeyScene } from './KeyScene';
import { VerifyScene } from './VerifyScene';

const MapScene = lazy(() => import('./MapScene'));
const FLOOR = indexed(SIMULATED_FLOOR);
const MAP_SCENES = ['items', 'packs', 'edges', 'many', 'draw'].map((scene) => `map/${scene}`);
const STALE_MS = 95_000;
const nobody = () => undefined;
const NOBODY_LEAVES = { byHand: false, signOff: nobody, change: async () => null, beforeLeaving: () => nobody };

export default function Gallery() {
  const [name, desk] = useHash().slice('#gallery/'.length).split('/');
  if (name === 'key') return <KeyScene />;
  if (name === 'verify') return <VerifyScene />;
  if (name === 'map') {
    return (
      <Suspense>
        <MapScene key={desk} scene={desk ?? 'items'} />
      </Suspense>
    );
  }
  if (name && name in WORLDS) return <Scene key={`${name} ${desk}`} name={name as WorldName} desk={desk ?? 'line'} />;
  return (
    <main className="gallery">
      <h1>
        <Trans>Gallery</Trans>
      </h1>
      <p>
        <Trans>SIMULATION: not an act of any state</Trans>
      </p>
      <ul>
        {[...Object.keys(WORLDS), 'floor/works', 'floor/record', 'key', 'verify', ...MAP_SCENES].map((one) => (
          <li key={one}>
            <a href={`#gallery/${one}`}>{one}</a>
          </li>
        ))}
      </ul>
    </main>
  );
}

function Scene({ name, desk }: { readonly name: WorldName; readonly desk: string }) {
  const [client] = useState(() => new SimulatedNode(FLOOR, WORLDS[name]).client);
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: false, networkMode: 'always', staleTime: name === 'stale' ? Number.POSITIVE_INFINITY : 0 },
        },
      }),
  );
  const [seated, setSeated] = useState<Seated | null>(null);
  useEffect(() => {
    const open = async () => {
      const { key, kid } = await passingKey();
      if (name === 'stale') await fillOld(queries, client);
      setSeated({ session: { ...SIMULATED_SESSION, kid }, key, floor: FLOOR, ...NOBODY_LEAVES });
    };
    void open();
  }, [name, queries, client]);
  if (!seated) return null;
  return (
    <ClientContext.Provider value={client}>
      <QueryClientProvider client={queries}>
        <NowProvider fixedMs={MOMENT_MS}>
          <SeatContext.Provider value={seated}>
            <Live onSignedOff={nobody}>
              <Floor firstDesk={desk} />
            </Live>
          </SeatContext.Provider>
        </NowProvider>
      </QueryClientProvider>
    </ClientContext.Provider>
  );
}

/** Views as they stood a while before the moment of the gallery. */
async function fillOld(queries: QueryClient, client: NodeClient): Promise<void> {
  const old = { updatedAt: MOMENT_MS - STALE_MS };
  queries.setQueryData(['now'], await client.now(), old);
  queries.setQueryData(['status'], await client.status(), old);
  queries.setQueryData(['feed', 'line'], await client.feed('line', null), old);
  queries.setQueryData(['cases', 'line', 'open'], await client.cases('line', null, false), old);
}

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return hash;
}
