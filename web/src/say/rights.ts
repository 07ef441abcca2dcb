// Rights: under which of an officer's own mandates a kind may be said, on which channels, to whom. The node checks them too,
// and so does every receiver; here they keep a form from offering what would be void. Pure.

import { type Floor, readersOf } from '../data/floor';
import type { ChannelView, MandateView, PrecedenceName, SessionView } from '../data/wire';
import { PRECEDENCES } from '../record/statement';

export const rank = (precedence: PrecedenceName): number => PRECEDENCES.indexOf(precedence);

/** The officer's mandates that cover `kind` at `precedence`, in the order of the charter's rule. */
export function mandatesFor(
  floor: Floor,
  session: SessionView,
  kind: string,
  precedence: PrecedenceName,
): readonly MandateView[] {
  const rule = floor.rule(kind);
  if (!rule) return [];
  return rule.mandates
    .map((name) => session.mandates.find((mandate) => mandate.name === name))
    .filter((mandate) => mandate !== undefined)
    .filter((mandate) => rank(mandate.ceiling) >= rank(precedence));
}

/** Whether the officer may say `kind` at all. */
export const maySay = (floor: Floor, session: SessionView, kind: string): boolean =>
  mandatesFor(floor, session, kind, 'ROUTINE').length > 0;

/** The highest precedence, not above `wanted`, at which the officer may say `kind`; null where at none. */
export function precedenceFor(
  floor: Floor,
  session: SessionView,
  kind: string,
  wanted: PrecedenceName,
): PrecedenceName | null {
  const fitting = PRECEDENCES.slice(0, rank(wanted) + 1).toReversed();
  return fitting.find((precedence) => mandatesFor(floor, session, kind, precedence).length > 0) ?? null;
}

/** Channels on which this member may say `kind`. */
export function channelsFor(floor: Floor, kind: string): readonly ChannelView[] {
  const open = floor.rule(kind)?.channels ?? [];
  return floor.view.channels.filter((channel) => open.includes(channel.index) && channel.content.includes(floor.me));
}

/** Who may be addressed on a channel; `usual`: the other parties, or, of a channel without another party, all its readers. */
export function addresseesOn(
  floor: Floor,
  channel: ChannelView,
): { readonly possible: readonly string[]; readonly usual: readonly string[] } {
  const possible = readersOf(channel, floor.me);
  const parties = possible.filter((code) => floor.member(code)?.role === 'party');
  return { possible, usual: parties.length > 0 ? parties : possible };
}
