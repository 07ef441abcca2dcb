// What must be known of a statement before its text is read: whether it counts, whether it is understood, whether something
// stands in its place. In the order in which they matter. Pure.

import type { Floor } from '../../data/floor';
import type { BecauseView, EmergencyView, ItemView } from '../../data/wire';

export type Banner =
  | { readonly sort: 'void'; readonly because: BecauseView }
  | { readonly sort: 'corrected'; readonly by: string }
  | { readonly sort: 'unreleased' }
  | { readonly sort: 'emergency'; readonly said: EmergencyView }
  | { readonly sort: 'questioned' }
  | { readonly sort: 'foreign'; readonly language: string }
  | { readonly sort: 'unknown-kind' }
  | { readonly sort: 'out-of-sight' };

export function banners(floor: Floor, item: ItemView): readonly Banner[] {
  const found: Banner[] = [];
  if (item.because) found.push({ sort: 'void', because: item.because });
  if (item.emergency) found.push({ sort: 'emergency', said: item.emergency });
  if (item.superseded) found.push({ sort: 'corrected', by: item.superseded });
  if (item.released === null && !item.because) found.push({ sort: 'unreleased' });
  if (item.questioned) found.push({ sort: 'questioned' });
  if (item.content === null) found.push({ sort: 'out-of-sight' });
  if (!item.understood) found.push({ sort: 'unknown-kind' });
  const language = foreignLanguage(floor, item);
  if (language) found.push({ sort: 'foreign', language });
  return found;
}

/** The language of a free text that is none of this member's and has no rendition; null where there is no such. */
function foreignLanguage(floor: Floor, item: ItemView): string | null {
  const language = item.content?.['lang'];
  const isText = typeof item.content?.['text'] === 'string' || typeof item.content?.['reason'] === 'string';
  if (!isText || typeof language !== 'string' || item.phrase || item.renditions.length > 0) return null;
  if (item.author === floor.me) return null;
  return floor.member(floor.me)?.languages.includes(language) ? null : language;
}
