// The drawn map in the page. It can be reached and used by keyboard: arrows move it, + and − change the scale, Enter takes
// the spot under the cross in the middle, whether to select what is there or to draw a point.

import { useLingui } from '@lingui/react/macro';
import type { FeatureCollection } from 'geojson';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { MapPackView } from '../data/wire';
import type { Place } from '../forms/place';
import { boxOf, draftFeatures, itemFeatures } from './canvas/features';
import { groundsOf } from './canvas/grounds';
import { palette } from './canvas/palette';
import { type Camera, Scene } from './canvas/Scene';
import type { Drawing } from './draft';
import type { MapItem, VolumeArea } from './volume';
import { useMapWords } from './words';

/** Nothing can be drawn here at all, or a part of it could not be loaded or drawn. */
export type MapFault = 'no-map' | 'part';

export interface MapCanvasProps {
  readonly items: readonly MapItem[];
  readonly packs: readonly MapPackView[];
  /** Lines and names of the packs. */
  readonly features: FeatureCollection;
  readonly instant: number;
  readonly selected: string | null;
  readonly clashes: ReadonlySet<string>;
  readonly drawing: Drawing | null;
  /** Areas that were drawn before and belong to the same draft. */
  readonly drawn: readonly VolumeArea[];
  /** Changed when the map is to show an area as large as it fits. */
  readonly sight: { readonly areas: readonly VolumeArea[] };
  readonly onPress: (place: Place, references: readonly string[]) => void;
  readonly onHover: (place: Place | null) => void;
  readonly onUndo: () => void;
  readonly onFault: (fault: MapFault) => void;
}

export default function MapCanvas(props: MapCanvasProps) {
  const words = useMapWords();
  const look = useLook();
  const features = useMemo(() => itemFeatures(props.items, words), [props.items, words]);
  const box = useRef<HTMLDivElement>(null);
  const camera = useRef<Camera | undefined>(undefined);
  const scene = useRef<Scene | null>(null);
  const onPress = useEffectEvent(props.onPress);
  const onHover = useEffectEvent(props.onHover);
  const onFault = useEffectEvent(props.onFault);

  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew where colours or words are others.
  useEffect(() => {
    const container = box.current;
    if (!container) return undefined;
    try {
      const made = new Scene(
        container,
        palette(),
        words,
        {
          onPress,
          onHover,
          onFault: () => onFault('part'),
          onMoved: (moved) => {
            camera.current = moved;
          },
          onIdle: (sinceMs) => {
            container.dataset['idle'] ??= String(Math.round(sinceMs));
          },
        },
        camera.current,
      );
      scene.current = made;
      return () => {
        scene.current = null;
        made.remove();
        delete container.dataset['idle'];
      };
    } catch {
      onFault('no-map');
      return undefined;
    }
  }, [look, words]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: told again to a scene that was made anew.
  useEffect(() => scene.current?.setItems(features), [features, look, words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    scene.current?.setLook(props.instant, props.selected, props.clashes);
  }, [props.instant, props.selected, props.clashes, features, look, words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    scene.current?.give('draft', draftFeatures(props.drawing, words, props.drawn));
  }, [props.drawing, props.drawn, look, words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => scene.current?.give('packs', props.features), [props.features, look, words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => scene.current?.lay(groundsOf(props.packs, document.baseURI)), [props.packs, look, words]);
  useEffect(() => {
    const found = boxOf(props.sight.areas);
    if (found) scene.current?.fit(found);
  }, [props.sight]);

  const onKey = (event: React.KeyboardEvent) => {
    const on = scene.current;
    if (!on) return;
    if (event.key === 'Enter') props.onPress(on.centre(), on.referencesAtCentre());
    else if (event.key === 'Backspace' || event.key === 'Delete') props.onUndo();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas within has the focus and a role; keys come up from it.
    <div className="map__frame" onKeyDown={onKey}>
      <div className="map__canvas" ref={box} data-testid="map" />
      <svg className="map__cross" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        <path d="M10 1V8M10 12V19M1 10H8M12 10H19" />
      </svg>
      <div className="map__zoom">
        <ZoomKey sign="+" onPress={() => scene.current?.zoomBy(1)} />
        <ZoomKey sign={'\u2212'} onPress={() => scene.current?.zoomBy(-1)} />
      </div>
    </div>
  );
}

function ZoomKey({ sign, onPress }: { readonly sign: string; readonly onPress: () => void }) {
  const { t } = useLingui();
  return (
    <Button className="key key--icon" aria-label={sign === '+' ? t`Nearer` : t`Farther`} onPress={onPress}>
      {sign}
    </Button>
  );
}

const lookNow = (): string =>
  `${document.documentElement.dataset['theme']} ${document.documentElement.dataset['contrast']}`;

/** Changes whenever the look of the page does. */
function useLook(): string {
  const [look, setLook] = useState(lookNow);
  useEffect(() => {
    const watch = new MutationObserver(() => setLook(lookNow()));
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] });
    return () => watch.disconnect();
  }, []);
  return look;
}
