import { describe, expect, it } from 'vitest';
import { type Place, writePlace } from '../forms/place';
import { blankDraft, type Draft, drawingOf, drawn, MAX_POINTS, type Shape, type Stroke } from './draft';

const place = (latitude: number, longitude: number): Place => [latitude * 1e7, longitude * 1e7];
const draw = (shape: Shape, ...strokes: readonly Stroke[]): Draft =>
  strokes.reduce(drawn, blankDraft('degrees', shape));

describe('a circle', () => {
  it('is its centre, then a point of its rim', () => {
    const draft = draw('circle', { point: place(33, 35) }, { point: place(33.1, 35) });
    expect(drawingOf(draft).area).toEqual({ circle: [330_000_000, 350_000_000, 11_091] });
  });

  it('pressed again keeps its centre and takes another radius', () => {
    const draft = draw('circle', { point: place(0, 0) }, { point: place(0, 1) }, { point: place(0, 0.5) });
    expect(drawingOf(draft).area).toEqual({ circle: [0, 0, 55_660] });
  });

  it('follows the pointer before its rim is set, and tells nobody', () => {
    const draft = draw('circle', { point: place(0, 0) });
    expect(drawingOf(draft, place(0, 1)).area).toEqual({ circle: [0, 0, 111_319] });
    expect(drawingOf(draft)).toMatchObject({ area: null, fault: 'missing' });
  });
});

describe('a polygon', () => {
  const corners = [place(0, 0), place(0, 1), place(1, 1)];

  it('is whole from three corners on', () => {
    const strokes = corners.map((point): Stroke => ({ point }));
    expect(drawingOf(draw('polygon', ...strokes.slice(0, 2)))).toMatchObject({ area: null, fault: 'corners' });
    expect(drawingOf(draw('polygon', ...strokes)).area).toEqual({ polygon: corners });
  });

  it('that crosses itself is no area, and says where, while the pointer moves too', () => {
    const draft = draw('polygon', ...[place(0, 0), place(1, 1), place(0, 1)].map((point): Stroke => ({ point })));
    expect(drawingOf(draft).crossing).toBeNull();
    const hovering = drawingOf(draft, place(1, 0));
    expect(hovering.crossing?.edges).toEqual([1, 3]);
    expect(drawingOf(drawn(draft, { point: place(1, 0) }))).toMatchObject({ area: null, crossing: { edges: [1, 3] } });
  });

  it('takes no more corners than the record does', () => {
    const strokes = Array.from({ length: MAX_POINTS + 5 }, (_, at): Stroke => ({ point: place(0, at / 10) }));
    expect(draw('polygon', ...strokes).points).toHaveLength(MAX_POINTS);
  });
});

describe('a corridor', () => {
  it('is its line and its width', () => {
    const draft = draw('corridor', { point: place(0, 0) }, { point: place(0, 1) }, { metres: '3000' });
    expect(drawingOf(draft).area).toEqual({ corridor: [place(0, 0), place(0, 1)], width: 3_000 });
    expect(drawingOf(drawn(draft, { metres: 'wide' }))).toMatchObject({ area: null, fault: 'radius' });
  });
});

describe('points', () => {
  it('are entered in figures as well, in any convention, and shown as far as they can be read', () => {
    const entry = writePlace(place(33.5, 35.5), 'mgrs');
    const draft = draw('polygon', { convention: 'mgrs' }, { blank: true }, { at: 0, entry }, { blank: true });
    const drawing = drawingOf(draft);
    expect(drawing).toMatchObject({ area: null, fault: 'missing' });
    expect(drawing.places).toHaveLength(1);
    expect((drawing.places[0]?.[0] ?? 0) / 1e7).toBeCloseTo(33.5, 4);
  });

  it('are taken away one by one, or all', () => {
    const draft = draw('corridor', { point: place(0, 0) }, { point: place(0, 1) }, { remove: 1 });
    expect(draft.points).toHaveLength(1);
    expect(drawn(draft, { clear: true })).toEqual(blankDraft('degrees', 'corridor'));
  });

  it('do not pass from one shape to another', () => {
    expect(draw('circle', { point: place(0, 0) }, { shape: 'polygon' })).toEqual(blankDraft('degrees', 'polygon'));
  });
});
