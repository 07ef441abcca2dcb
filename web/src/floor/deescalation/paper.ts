// Where a notice stands as a page for paper. Pure.

import type { ItemView } from '../../data/wire';

const ON_PAPER: readonly string[] = ['notice', 'zone', 'standstill', 'stop'];

/** Of the statement that opened the case, as far as its content is in sight; null of all others. `zone`: null is UTC. */
export function paperAddress(
  of: Pick<ItemView, 'reference' | 'case' | 'kind' | 'content'>,
  language: string,
  zone: string | null,
): string | null {
  if (of.reference !== of.case || of.content === null || !ON_PAPER.includes(of.kind)) return null;
  const query = new URLSearchParams({ language, zone: zone ?? 'UTC' });
  return `/notices/${encodeURIComponent(of.reference.replace(' ', '-'))}?${query}`;
}
