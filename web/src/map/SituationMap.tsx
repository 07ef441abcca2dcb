// The map of a desk: what is where and when, on a map and in a list that are one; the next 72 hours; heights; and drawing. It is
// given items and packs, and tells what was selected and drawn; it asks the node for nothing.

import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { MapPackView } from '../data/wire';
import { useConventions } from '../forms/ConventionsProvider';
import type { Height } from '../forms/height';
import type { Place } from '../forms/place';
import { useNowAs } from '../parts/Now';
import { DrawPanel } from './DrawPanel';
import { blankDraft, type Drawing, drawingOf, drawn, type Stroke } from './draft';
import { HeightProfile } from './HeightProfile';
import { ItemList } from './ItemList';
import './map.css';
import type { MapFault } from './MapCanvas';
import { PackNotes } from './PackNotes';
import { packFeatures, TURN_MS } from './packs';
import { sliderAt, turned } from './slider';
import { TimeSlider } from './TimeSlider';
import { isActive, type MapItem, type Volume, type VolumeArea } from './volume';

const MapCanvas = lazy(() => import('./MapCanvas'));

/** What a drawing is for: its window and band, and what the node says that it clashes with. */
export interface DrawingFor {
  readonly window: {
    readonly from: number;
    readonly until: number;
    readonly floor?: Height;
    readonly ceiling?: Height;
  };
  /** References of the items that the volumes last told by `onDraft` clash with. */
  readonly clashes: readonly string[];
  /** Told whenever the volumes are others; empty while nothing whole is drawn. */
  readonly onDraft: (volumes: readonly Volume[]) => void;
}

export interface SituationMapProps {
  readonly items: readonly MapItem[];
  readonly packs?: readonly MapPackView[];
  readonly selected: string | null;
  readonly onSelect: (reference: string | null) => void;
  /** Absent: nothing is drawn. */
  readonly drawing?: DrawingFor | null;
}

const NO_PACKS: readonly MapPackView[] = [];
const NO_CLASHES: readonly string[] = [];
const NO_AREAS: readonly VolumeArea[] = [];
const SETTLED_MS = 400;

export function SituationMap({ items, packs = NO_PACKS, selected, onSelect, drawing = null }: SituationMapProps) {
  const { t } = useLingui();
  const nowMs = useNowAs((ms) => Math.floor(ms / TURN_MS) * TURN_MS);
  const [slider, turn] = useReducer(turned, nowMs, sliderAt);
  useEffect(() => turn({ now: nowMs }), [nowMs]);
  const [hidden, setHidden] = useState<ReadonlySet<MapPackView>>(new Set());
  const [fault, setFault] = useState<MapFault | null>(null);
  const hand = useHand(drawing);
  const shownPacks = useMemo(() => packs.filter((pack) => !hidden.has(pack)), [packs, hidden]);
  const features = useMemo(() => packFeatures(shownPacks, nowMs), [shownPacks, nowMs]);
  const instant = useDeferredValue(slider.atMs);
  const active = useMemo(() => activeAt(items, instant), [items, instant]);
  const clashes = useMemo(() => new Set(drawing?.clashes ?? NO_CLASHES), [drawing?.clashes]);
  const sight = useSight(items, selected, hand?.entered ?? null);
  const press = (place: Place, references: readonly string[]) => {
    if (hand) hand.stroke({ point: place });
    else onSelect(nextOf(references, selected));
  };
  return (
    <div className="situation">
      <div className="situation__map">
        {fault === 'no-map' ? (
          <p className="map__none" role="status">
            <Trans>No map can be drawn on this machine; the list has everything.</Trans>
          </p>
        ) : (
          <Suspense fallback={<p className="map__none">{t`Loading the map…`}</p>}>
            <MapCanvas
              items={items}
              packs={shownPacks}
              features={features}
              instant={instant}
              selected={selected}
              clashes={clashes}
              drawing={hand?.hovered ?? null}
              drawn={hand?.areas ?? NO_AREAS}
              sight={sight}
              onPress={press}
              onHover={(place) => hand?.hover(place)}
              onUndo={() => hand?.undo()}
              onFault={setFault}
            />
          </Suspense>
        )}
        {fault === 'part' && (
          <p className="map__part" role="status">
            <Trans>Part of the map could not be drawn.</Trans>
          </p>
        )}
        <PackNotes packs={packs} hidden={hidden} onHidden={setHidden} />
      </div>
      <div className="situation__side">
        {hand && drawing ? (
          <DrawPanel
            draft={hand.draft}
            drawing={hand.drawing}
            kept={hand.areas.length}
            clashes={drawing.clashes}
            onStroke={hand.enter}
            onKeep={hand.keep}
            onClear={hand.clear}
          />
        ) : (
          <ItemList items={items} instant={instant} selected={selected} onSelect={onSelect} />
        )}
        <HeightProfile items={active} selected={selected} />
      </div>
      <TimeSlider slider={slider} items={items} activeCount={active.length} nowMs={nowMs} onTurn={turn} />
    </div>
  );
}

/** Items with those of their volumes that are active. */
function activeAt(items: readonly MapItem[], atMs: number): readonly MapItem[] {
  return items.flatMap((item) => {
    const volumes = item.volumes.filter((volume) => isActive(volume, atMs));
    return volumes.length === 0 ? [] : [volumes.length === item.volumes.length ? item : { ...item, volumes }];
  });
}

/** Pressed again, the next one that lies there. */
function nextOf(references: readonly string[], selected: string | null): string | null {
  const at = selected === null ? -1 : references.indexOf(selected);
  return references[(at + 1) % Math.max(1, references.length)] ?? null;
}

/** What the map is to show: when it is first drawn, whenever something is selected, and where figures were entered. */
function useSight(
  items: readonly MapItem[],
  selected: string | null,
  entered: VolumeArea | null,
): { readonly areas: readonly VolumeArea[] } {
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
  });
  const [sight, setSight] = useState(() => ({ areas: areasOf(items) }));
  const some = items.length > 0;
  useEffect(() => {
    if (some) setSight({ areas: areasOf(latest.current) });
  }, [some]);
  useEffect(() => {
    if (selected === null) return;
    setSight({ areas: areasOf(latest.current.filter((item) => item.reference === selected)) });
  }, [selected]);
  useEffect(() => {
    if (entered) setSight({ areas: [entered] });
  }, [entered]);
  return sight;
}

const areasOf = (items: readonly MapItem[]): readonly VolumeArea[] =>
  items.flatMap((item) => item.volumes.map((volume) => volume.area));

/** What was drawn in figures, once they are not changed for a moment: the map goes there, where a pointer is in sight already. */
function useEntered({ area, places }: Drawing) {
  const awaited = useRef(false);
  const [entered, setEntered] = useState<VolumeArea | null>(null);
  useEffect(() => {
    if (!awaited.current || places.length === 0) return undefined;
    const settled = setTimeout(() => {
      awaited.current = false;
      setEntered(area ?? { polygon: places });
    }, SETTLED_MS);
    return () => clearTimeout(settled);
  }, [area, places]);
  return {
    area: entered,
    expect: () => {
      awaited.current = true;
    },
  };
}

/** The drawing hand: a draft, the areas kept before it, and where the pointer is. */
function useHand(of: DrawingFor | null) {
  const { coordinates } = useConventions().conventions;
  const [draft, stroke] = useReducer(drawn, coordinates, (convention) => blankDraft(convention));
  const [areas, setAreas] = useState<readonly VolumeArea[]>(NO_AREAS);
  const [pointer, hover] = useState<Place | null>(null);
  const drawing = useMemo(() => drawingOf(draft), [draft]);
  const hovered = useMemo(() => (pointer ? drawingOf(draft, pointer) : drawing), [draft, drawing, pointer]);
  const entered = useEntered(drawing);
  const told = useRef('');
  useEffect(() => {
    if (!of) return;
    const volumes = [...areas, ...(drawing.area ? [drawing.area] : [])].map((area): Volume => ({ area, ...of.window }));
    const telling = JSON.stringify(volumes);
    if (telling === told.current || (told.current === '' && volumes.length === 0)) return;
    told.current = telling;
    of.onDraft(volumes);
  }, [of, areas, drawing]);
  if (!of) return null;
  return {
    draft,
    drawing,
    hovered,
    areas,
    stroke,
    enter: (one: Stroke) => {
      entered.expect();
      stroke(one);
    },
    entered: entered.area,
    hover,
    undo: () => stroke({ remove: draft.points.length - 1 }),
    keep: () => {
      if (!drawing.area) return;
      setAreas([...areas, drawing.area]);
      stroke({ clear: true });
    },
    clear: () => {
      setAreas(NO_AREAS);
      stroke({ clear: true });
    },
  };
}
