// Renditions of a statement, as they stand in its case, the latest last. Pure.

import type { CaseView, ItemView } from '../../data/wire';
import { textOf, type UserText } from '../../parts/texts';

export interface Rendition {
  readonly reference: string;
  readonly text: UserText;
  readonly checker: string | null;
  readonly certified: boolean;
}

export function renditionsOf(item: ItemView, whole: CaseView | null): readonly Rendition[] {
  return item.renditions.flatMap((reference) => {
    const found = whole?.items.find((one) => one.reference === reference);
    const text = textOf(found?.content ?? null);
    if (!found || !text) return [];
    const checker = found.content?.['checker'];
    return [
      {
        reference,
        text,
        checker: typeof checker === 'string' ? checker : null,
        certified: found.content?.['certified'] === true,
      },
    ];
  });
}
