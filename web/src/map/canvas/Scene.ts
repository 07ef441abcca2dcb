// The drawn map itself, outside React: what it shows is set, what is done on it is told. Its worker is a file of this node, as the
// page's policy wants it; it asks for nothing but the page's own fonts and the pack of land and water.

import type { FeatureCollection } from 'geojson';
import { type GeoJSONSource, Map as MapLibre, type MapMouseEvent, setWorkerCount, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Place } from '../../forms/place';
import { placeOf } from '../geodesy';
import { graticuleOf, type Hemispheres, type View } from '../graticule';
import { mgrsGridOf } from '../mgrsGrid';
import { isActive, KINDS } from '../volume';
import { gridFeatures, type ItemFeatures } from './features';
import { type Ground, groundLayers } from './grounds';
import { type Palette, rgb } from './palette';
import { PATTERN_SIZE, patternOf } from './patterns';
import { ABOVE_GROUND, type Given, styleOf } from './style';
import './canvas.css';

setWorkerUrl(workerUrl);
setWorkerCount(1);

const NEAR_PX = 4;
const MOST_ZOOM = 17;
/** Below it, things in sight are too small to be seen. */
const LEAST_ZOOM = 5;
const FIRST: Camera = { longitude: 0, latitude: 20, zoom: 0.6 };

export interface Camera {
  readonly longitude: number;
  readonly latitude: number;
  readonly zoom: number;
}

export interface SceneWords {
  readonly map: string;
  readonly hemispheres: Hemispheres;
}

export interface SceneEvents {
  /** A click or a tap; with the references of what is drawn there, topmost first. */
  readonly onPress: (place: Place, references: readonly string[]) => void;
  readonly onHover: (place: Place | null) => void;
  /** Everything that was asked for is drawn. */
  readonly onIdle: (sinceMs: number) => void;
  readonly onMoved: (camera: Camera) => void;
  /** A part could not be loaded or drawn; the rest stands. */
  readonly onFault: (reason: string) => void;
}

export class Scene {
  private readonly map: MapLibre;
  private readonly made = performance.now();
  private readonly events: SceneEvents;
  private readonly words: SceneWords;
  private readonly colours: Palette;
  private readonly given = new Map<Given, FeatureCollection>();
  private grounds: readonly Ground[] = [];
  private laid: readonly Ground[] = [];
  private items: ItemFeatures | null = null;
  private instant = 0;
  private selected: string | null = null;
  private clashes: ReadonlySet<string> = new Set();
  private states: string[] = [];
  private ready = false;

  constructor(
    container: HTMLElement,
    colours: Palette,
    words: SceneWords,
    events: SceneEvents,
    camera: Camera = FIRST,
  ) {
    this.events = events;
    this.words = words;
    this.colours = colours;
    this.map = new MapLibre({
      container,
      style: styleOf(colours),
      center: [camera.longitude, camera.latitude],
      zoom: camera.zoom,
      maxZoom: MOST_ZOOM,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      localIdeographFontFamily: false,
      locale: { 'Map.Title': words.map },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    for (const kind of KINDS) {
      const image = { width: PATTERN_SIZE, height: PATTERN_SIZE, data: patternOf(kind, rgb(colours.kinds[kind])) };
      this.map.once('style.load', () => this.map.addImage(kind, image, { pixelRatio: 2 }));
    }
    this.listen();
  }

  private listen(): void {
    const { map, events } = this;
    map.once('style.load', () => {
      this.ready = true;
      this.layGrounds();
      for (const [name, data] of this.given) this.put(name, data);
      this.drawGrids();
    });
    map.on('moveend', () => {
      this.drawGrids();
      events.onMoved(this.camera());
    });
    map.on('click', (event) => events.onPress(placeAt(event), this.referencesAt(event.point)));
    map.on('mousemove', (event) => events.onHover(placeAt(event)));
    map.on('mouseout', () => events.onHover(null));
    map.on('idle', () => events.onIdle(performance.now() - this.made));
    map.on('error', ({ error }) => events.onFault(error.message));
  }

  setItems(items: ItemFeatures): void {
    this.items = items;
    this.states = [];
    this.give('items', items.shapes);
    this.give('names', items.names);
    this.drawClashes();
    this.redress();
  }

  setLook(instant: number, selected: string | null, clashes: ReadonlySet<string>): void {
    const others = clashes !== this.clashes;
    Object.assign(this, { instant, selected, clashes });
    if (others) this.drawClashes();
    this.redress();
  }

  give(name: Given, data: FeatureCollection): void {
    this.given.set(name, data);
    if (this.ready) this.put(name, data);
  }

  /** These grounds, and no others, above land and water. */
  lay(grounds: readonly Ground[]): void {
    this.grounds = grounds;
    if (this.ready) this.layGrounds();
  }

  /** The camera to a box of degrees, [west, south, east, north], unless it is in sight already. */
  fit(box: readonly [number, number, number, number]): void {
    const sight = this.map.getBounds();
    const inSight = sight.contains([box[0], box[1]]) && sight.contains([box[2], box[3]]);
    if (inSight && this.map.getZoom() > LEAST_ZOOM) return;
    this.map.fitBounds([...box], { padding: 48, maxZoom: 12, animate: false });
  }

  goTo(place: Place): void {
    this.map.jumpTo({ center: [place[1] / 1e7, place[0] / 1e7] });
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { animate: false });
  }

  camera(): Camera {
    const { lng: longitude, lat: latitude } = this.map.getCenter();
    return { longitude, latitude, zoom: this.map.getZoom() };
  }

  centre(): Place {
    const { lng, lat } = this.map.getCenter();
    return placeOf([lng, lat]);
  }

  /** What is drawn under the middle of the map, topmost first. */
  referencesAtCentre(): readonly string[] {
    return this.referencesAt(this.map.project(this.map.getCenter()));
  }

  remove(): void {
    this.map.remove();
  }

  private put(name: Given, data: FeatureCollection): void {
    void this.map.getSource<GeoJSONSource>(name)?.setData(data);
    if (name === 'items' || name === 'names') this.redress();
  }

  private layGrounds(): void {
    for (const ground of this.laid) {
      for (const { id } of groundLayers(ground, this.colours)) this.map.removeLayer(id);
      this.map.removeSource(ground.id);
    }
    this.laid = this.grounds;
    for (const ground of this.laid) {
      this.map.addSource(ground.id, ground.source);
      for (const layer of groundLayers(ground, this.colours)) this.map.addLayer(layer, ABOVE_GROUND);
    }
  }

  /** Told only where it changed: what is active at the instant, what is selected. */
  private redress(): void {
    if (!this.ready || !this.items) return;
    for (const { id, reference, volume } of this.items.volumes) {
      const [active, selected] = [isActive(volume, this.instant), reference === this.selected];
      const state = `${active} ${selected}`;
      if (this.states[id] === state) continue;
      this.states[id] = state;
      for (const source of ['items', 'names']) this.map.setFeatureState({ source, id }, { active, selected });
    }
  }

  /** The boundaries of what the drawing clashes with. */
  private drawClashes(): void {
    const shapes = this.items?.shapes.features ?? [];
    const features = shapes.filter(
      ({ geometry, properties }) =>
        geometry.type === 'MultiLineString' && this.clashes.has(String(properties?.['reference'])),
    );
    this.give('clashes', { type: 'FeatureCollection', features });
  }

  private referencesAt({ x, y }: { readonly x: number; readonly y: number }): readonly string[] {
    const found = this.map.queryRenderedFeatures(
      [
        [x - NEAR_PX, y - NEAR_PX],
        [x + NEAR_PX, y + NEAR_PX],
      ],
      { layers: ['conflict-names', 'item-names', 'item-lines', 'item-areas'] },
    );
    return [...new Set(found.map((one) => String(one.properties['reference'])))];
  }

  private drawGrids(): void {
    const bounds = this.map.getBounds();
    const view: View = {
      west: bounds.getWest(),
      south: bounds.getSouth(),
      east: bounds.getEast(),
      north: bounds.getNorth(),
      zoom: this.map.getZoom(),
    };
    this.give('graticule', gridFeatures(graticuleOf(view, this.words.hemispheres)));
    this.give('squares', gridFeatures(mgrsGridOf(view)));
  }
}

const placeAt = ({ lngLat }: MapMouseEvent): Place => placeOf([lngLat.lng, lngLat.lat]);
