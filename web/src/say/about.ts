// Sayings about a statement, and openings of a case: where they are said, to whom, how fast, under which mandate. Pure.

import type { Floor } from '../data/floor';
import type { ChannelView, ItemView, JsonFields, PrecedenceName, SessionView } from '../data/wire';
import { addresseesOn, channelsFor, mandatesFor, precedenceFor } from './rights';
import type { Saying } from './saying';

const versionOf = (floor: Floor, kind: string): number => floor.rule(kind)?.version ?? floor.kind(kind)?.version ?? 1;

/** Those who are told what is said of a statement: its author and whoever it addressed, this member left out. */
export function concerned(floor: Floor, item: ItemView): readonly string[] {
  const readers = floor.channel(item.channel)?.content ?? [];
  const all = new Set([item.author, ...item.addressees]);
  return readers.filter((code) => code !== floor.me && all.has(code));
}

/** A statement of `kind` about `item`, as fast as the item itself where the officer's mandate allows; null where it covers it not at all. */
export function sayingAbout(
  floor: Floor,
  session: SessionView,
  item: ItemView,
  kind: string,
  content: JsonFields,
  wanted: PrecedenceName = item.precedence,
): Saying | null {
  const officer = authorityOver(floor, session, item, kind);
  const precedence = precedenceFor(floor, officer, kind, wanted);
  const mandate = precedence && mandatesFor(floor, officer, kind, precedence)[0];
  if (!precedence || !mandate) return null;
  return {
    kind,
    version: versionOf(floor, kind),
    channel: item.channel,
    caseRef: item.case,
    precedence,
    addressees: concerned(floor, item),
    about: [item.digest],
    mandate: mandate.name,
    content,
  };
}

/** The officer with those mandates alone under which the charter lets `item` be released, or an emergency be settled. */
function authorityOver(floor: Floor, session: SessionView, item: ItemView, kind: string): SessionView {
  const wanted =
    kind === 'release'
      ? (floor.rule(item.kind)?.countersigned_by ?? [])
      : SETTLING.includes(kind)
        ? (item.emergency?.authority ?? [])
        : null;
  if (wanted === null) return session;
  return { ...session, mandates: session.mandates.filter((mandate) => wanted.includes(mandate.name)) };
}

/** What the authority says of a statement that was said in its stead. */
export const SETTLING: readonly string[] = ['confirm-emergency', 'withdraw-emergency'];

/** A statement that opens a case: on the first channel that is open to it, to the usual addressees. */
export function sayingOpening(floor: Floor, session: SessionView, kind: string, wanted: PrecedenceName): Saying | null {
  const channel = channelsFor(floor, kind)[0];
  const precedence = precedenceFor(floor, session, kind, wanted);
  const mandate = precedence && mandatesFor(floor, session, kind, precedence)[0];
  if (!channel || !precedence || !mandate) return null;
  return {
    kind,
    version: versionOf(floor, kind),
    channel: channel.name,
    caseRef: null,
    precedence,
    addressees: addresseesOn(floor, channel).usual,
    about: [],
    mandate: mandate.name,
    content: {},
  };
}

/** The same saying on another channel, or at another precedence: what no longer fits is chosen anew. */
export function onChannel(floor: Floor, saying: Saying, channel: ChannelView): Saying {
  return { ...saying, channel: channel.name, addressees: addresseesOn(floor, channel).usual };
}

export function atPrecedence(floor: Floor, session: SessionView, saying: Saying, precedence: PrecedenceName): Saying {
  const fitting = mandatesFor(floor, session, saying.kind, precedence);
  const kept = fitting.some((mandate) => mandate.name === saying.mandate);
  return { ...saying, precedence, mandate: kept ? saying.mandate : (fitting[0]?.name ?? saying.mandate) };
}
