// What the map is given: items that stand, as their desks title them, with their volumes as the map holds them. The record writes
// a corridor as [[line, width]] and a window as start and end. Pure.

import { type Floor, titleIn } from '../../data/floor';
import type { Json, JsonFields, SituationView, StandingView } from '../../data/wire';
import { areaIn } from '../../forms/area';
import type { Height } from '../../forms/height';
import type { MapItem, Volume, VolumeArea } from '../../map/volume';
import { isOpen } from './conflicts';

const PROTECTED = 'protected-site';

export function mapItems(situation: SituationView, floor: Floor, language: string): readonly MapItem[] {
  const clashing = new Map<string, string[]>();
  for (const conflict of situation.conflicts.filter(isOpen)) {
    const [one = '', other = ''] = conflict.items;
    clashing.set(one, [...(clashing.get(one) ?? []), other]);
    clashing.set(other, [...(clashing.get(other) ?? []), one]);
  }
  return situation.items.map((item) => ({
    reference: item.reference,
    kind: item.activity === PROTECTED ? 'site' : item.kind,
    member: item.member,
    title: { text: activityWord(item, floor, language), language },
    state: stateWord(item, floor, language),
    volumes: item.volumes.flatMap(volumeOf),
    conflicts: clashing.get(item.reference) ?? [],
  }));
}

/** What an item is about, in a word of its desk. */
export function activityWord(item: Pick<StandingView, 'kind' | 'activity'>, floor: Floor, language: string): string {
  const field = floor.kind(item.kind)?.fields.find((one) => one.name === (item.kind === 'zone' ? 'zone' : 'activity'));
  const choice = field?.choices.find((one) => one.value === item.activity);
  return choice ? titleIn(choice.title, language) : item.activity;
}

function stateWord(item: StandingView, floor: Floor, language: string): string {
  const state = floor.procedureOf(item.kind)?.states.find((one) => one.name === item.state);
  return state ? titleIn(state.title, language) : item.state;
}

/** A volume of the record as the map's, where it is one. */
export function volumeOf(value: JsonFields): readonly Volume[] {
  const area = areaIn(value['area']);
  const { start, end } = value;
  if (!area || typeof start !== 'number' || typeof end !== 'number') return [];
  const drawn: VolumeArea = 'corridor' in area ? { corridor: area.corridor[0], width: area.corridor[1] } : area;
  const limits = { ...heightIn('floor', value['floor']), ...heightIn('ceiling', value['ceiling']) };
  return [{ area: drawn, from: start, until: end, ...limits }];
}

function heightIn(name: 'floor' | 'ceiling', value: Json | undefined): Partial<Record<'floor' | 'ceiling', Height>> {
  const [amount, datum] = Array.isArray(value) ? (value as readonly Json[]) : [];
  return typeof amount === 'number' && typeof datum === 'string' ? { [name]: [amount, datum] as Height } : {};
}

/** A volume of the map as the record writes it. */
export function recordOf(volume: Volume): JsonFields {
  const { area, from, until, floor, ceiling } = volume;
  const written = 'corridor' in area ? { corridor: [area.corridor, area.width] } : area;
  return {
    area: written as unknown as Json,
    start: from,
    end: until,
    ...(floor ? { floor: [...floor] } : {}),
    ...(ceiling ? { ceiling: [...ceiling] } : {}),
  };
}
