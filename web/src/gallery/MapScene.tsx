// The map over simulated items: a few, the hard places of the globe, two thousand, and one who draws. Everything in it is a
// SIMULATION; what the drawing clashes with is made up here by nearness of centres, since no node is asked.

import { useState } from 'react';
import { useLanguage } from '../language/LanguageProvider';
import { distanceM } from '../map/geodesy';
import { outlineOf } from '../map/outline';
import { SituationMap } from '../map/SituationMap';
import type { MapItem, Volume } from '../map/volume';
import { NowProvider } from '../parts/Now';
import { inLanguage, manyItems, simulatedEdges, simulatedItems, simulatedPacks } from '../simulation/mapItems';
import { MOMENT_MS } from '../simulation/world';

const HOUR_MS = 3_600_000;
const NEAR_M = 15_000;
const MANY = 2_000;
const PACKS = simulatedPacks();

function itemsOf(scene: string): readonly MapItem[] {
  if (scene === 'edges') return simulatedEdges(MOMENT_MS);
  return scene === 'many' ? manyItems(MOMENT_MS, MANY) : simulatedItems(MOMENT_MS);
}

export default function MapScene({ scene }: { readonly scene: string }) {
  const { language } = useLanguage();
  const [items] = useState(() => inLanguage(itemsOf(scene), language));
  const [selected, setSelected] = useState<string | null>(null);
  const [volumes, setVolumes] = useState<readonly Volume[]>([]);
  const [window] = useState({ from: MOMENT_MS, until: MOMENT_MS + 4 * HOUR_MS });
  const clashes = items.filter((item) => volumes.some((volume) => isNear(item, volume))).map((item) => item.reference);
  return (
    <NowProvider fixedMs={MOMENT_MS}>
      <main className="gallery__map" data-drawn={JSON.stringify(volumes.map((one) => one.area))}>
        <SituationMap
          items={items}
          packs={scene === 'packs' ? PACKS : []}
          selected={selected}
          onSelect={setSelected}
          drawing={scene === 'draw' ? { window, clashes, onDraft: setVolumes } : null}
        />
      </main>
    </NowProvider>
  );
}

const isNear = (item: MapItem, volume: Volume): boolean =>
  item.volumes.some((one) => distanceM(outlineOf(one.area).centre, outlineOf(volume.area).centre) < NEAR_M);
