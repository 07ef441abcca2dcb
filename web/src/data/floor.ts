// The floor's static view, indexed: kinds, desks, members, channels by name, and labels in a language.

import type { ChannelView, Desk, FloorView, Kind, KindRuleView, MemberView, Procedure, Titles } from './wire';

export interface Floor {
  readonly view: FloorView;
  /** Code of the member whose node this is. */
  readonly me: string;
  /** The members' codes in the charter's order. */
  readonly codes: readonly string[];
  readonly kind: (name: string) => Kind | null;
  readonly deskOf: (kind: string) => Desk | null;
  readonly desk: (name: string) => Desk | null;
  readonly procedureOf: (kind: string) => Procedure | null;
  readonly isHandling: (kind: string) => boolean;
  readonly member: (code: string) => MemberView | null;
  readonly rule: (kind: string) => KindRuleView | null;
  readonly channel: (name: string) => ChannelView | null;
}

export function indexed(view: FloorView): Floor {
  const kinds = new Map<string, { readonly desk: Desk | null; readonly kind: Kind }>();
  for (const kind of view.handling) kinds.set(kind.name, { desk: null, kind });
  for (const desk of view.desks) for (const kind of desk.kinds) kinds.set(kind.name, { desk, kind });
  const by = <One>(list: readonly One[], name: (one: One) => string) => {
    const index = new Map(list.map((one) => [name(one), one]));
    return (wanted: string): One | null => index.get(wanted) ?? null;
  };
  const handling = new Set(view.handling.map((kind) => kind.name));
  return {
    view,
    me: view.me.code,
    codes: view.members.toSorted((one, other) => one.ordinal - other.ordinal).map((one) => one.code),
    kind: (name) => kinds.get(name)?.kind ?? null,
    deskOf: (name) => kinds.get(name)?.desk ?? null,
    desk: by(view.desks, (one) => one.name),
    procedureOf: (name) => {
      const found = kinds.get(name);
      return found?.desk?.procedures.find((one) => one.name === found.kind.opens) ?? null;
    },
    isHandling: (name) => handling.has(name),
    member: by(view.members, (one) => one.code),
    rule: by(view.kinds, (one) => one.name),
    channel: by(view.channels, (one) => one.name),
  };
}

/** A label in `language`, in English or whatever there is where it is not there. */
export function titleIn(titles: Titles, language: string): string {
  return titles[language] ?? titles['en'] ?? Object.values(titles)[0] ?? '';
}

/** The channel on which another member reads what is said, my own member among its readers. */
export function readersOf(channel: ChannelView, me: string): readonly string[] {
  return channel.content.filter((code) => code !== me);
}
