// The gallery: the floor in each of its states, held at one moment, from data that are a SIMULATION. `#gallery` lists the
// scenes, `#gallery/NAME` shows one alone, as pictures of it are taken.

import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { FloorView, LineStatement } from '../data/floor';
import type { Standing } from '../data/standing';
import { type Look, storedLook, wear } from '../design/theme';
import { Floor } from '../floor/Floor';
import { NowProvider } from '../parts/Now';
import './gallery.css';
import { KeyScene } from './KeyScene';
import { FLOOR, LINE, MOMENT_MS, ODD, QUIET, TROUBLED } from './simulation';
import { VerifyScene } from './VerifyScene';

interface Scene {
  readonly floor: Standing<FloorView>;
  readonly line: Standing<readonly LineStatement[]>;
}

const FAULT = { state: 'error', code: 'store.readonly', reason: 'the disk is full', rule: 'free some space' } as const;

const SCENES: Readonly<Record<string, Scene>> = {
  floor: { floor: { state: 'fresh', value: FLOOR }, line: { state: 'fresh', value: LINE } },
  trouble: {
    floor: { state: 'fresh', value: TROUBLED },
    line: { state: 'fresh', value: [...LINE, ...ODD] },
  },
  empty: { floor: { state: 'fresh', value: QUIET }, line: { state: 'fresh', value: [] } },
  loading: { floor: { state: 'loading' }, line: { state: 'loading' } },
  stale: {
    floor: { state: 'stale', value: FLOOR, ageMs: 95_000 },
    line: { state: 'stale', value: LINE, ageMs: 95_000 },
  },
  offline: {
    floor: { state: 'offline', value: FLOOR, ageMs: 252_000 },
    line: { state: 'offline', value: LINE, ageMs: 252_000 },
  },
  cut: { floor: { state: 'offline', value: null, ageMs: null }, line: { state: 'offline', value: null, ageMs: null } },
  error: { floor: FAULT, line: FAULT },
};

export default function Gallery() {
  const name = useHash().slice('#gallery/'.length);
  const [look, setLook] = useState(storedLook);
  const onLook = (next: Look) => {
    wear(next);
    setLook(next);
  };
  const scene = SCENES[name];
  if (scene) {
    return (
      <NowProvider fixedMs={MOMENT_MS} key={name}>
        <Floor {...scene} look={look} onLook={onLook} />
      </NowProvider>
    );
  }
  if (name === 'key') return <KeyScene />;
  if (name === 'verify') return <VerifyScene />;
  return (
    <main className="gallery">
      <h1>
        <Trans>Gallery</Trans>
      </h1>
      <p>
        <Trans>SIMULATION: not an act of any state</Trans>
      </p>
      <ul>
        {[...Object.keys(SCENES), 'key', 'verify'].map((one) => (
          <li key={one}>
            <a href={`#gallery/${one}`}>{one}</a>
          </li>
        ))}
      </ul>
    </main>
  );
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
