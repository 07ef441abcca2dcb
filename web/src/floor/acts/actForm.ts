// The form of an act: its fields, those that stand, what it opens with. Pure.

import type { Floor } from '../../data/floor';
import type { Field, ItemView, JsonFields, Kind } from '../../data/wire';
import type { Offer } from './offers';

export interface ActForm {
  readonly kind: Kind | null;
  readonly fields: readonly Field[];
  readonly oneOf: Kind['one_of'];
  /** Stands whatever is entered, and is not asked for. */
  readonly fixed: JsonFields;
  /** What the form opens with. */
  readonly filled: JsonFields;
  /** Optional fields that stand open at first. */
  readonly open: readonly string[];
}

const required = (field: Field): Field => ({ ...field, required: true });

export function actForm(
  floor: Floor,
  offer: Offer,
  item: ItemView,
  subject: Kind | null,
  position: string,
  nowMs: number,
): ActForm {
  const kind = floor.kind(offer.kind);
  const fields = kind?.fields ?? [];
  const form: ActForm = { kind, fields, oneOf: kind?.one_of ?? [], fixed: {}, filled: {}, open: ['text', 'reason'] };
  switch (offer.act) {
    case 'clarification.asked':
    case 'clarification.answered':
      return {
        ...form,
        fields: staged(fields).map((one) => (one.name === 'text' ? required(one) : one)),
        fixed: stage(offer.act),
      };
    case 'clarification.understood':
      return { ...form, fields: [], fixed: stage(offer.act) };
    case 'correction':
      return {
        ...form,
        kind: subject,
        fields: subject?.fields ?? [],
        oneOf: subject?.one_of ?? [],
        filled: item.content ?? {},
        open: Object.keys(item.content ?? {}),
      };
    case 'rendition':
      return { ...form, filled: { translator: position }, open: ['checker'] };
    case 'unit-confirmed':
      return { ...form, filled: { ...unconfirmed(floor, item), time: nowMs }, open: [] };
    case 'passed-on':
      return { ...form, open: [] };
    default:
      return form;
  }
}

/** The unit waited for the longest. */
const unconfirmed = (floor: Floor, item: ItemView): JsonFields => {
  const units = item.ladders.find((one) => one.member === floor.me)?.units ?? [];
  const waiting = units.filter((one) => one.confirmed === null).toSorted((a, b) => a.passed.at_ms - b.passed.at_ms);
  return waiting[0] ? { unit: waiting[0].alias } : {};
};
const staged = (fields: readonly Field[]): readonly Field[] => fields.filter((field) => field.name !== 'stage');
const stage = (act: string): JsonFields => ({ stage: act.split('.')[1] ?? '' });
