// The sign of a kind beside its word: its pattern in its colour, as the map fills areas with it. Decoration, hidden from
// assistive technology.

import { type ReactElement, useId } from 'react';
import type { ItemKind } from './volume';

const SIGNS: Readonly<Record<ItemKind, ReactElement>> = {
  notice: <path d="M-1 1 1-1M0 6 6 0M5 7 7 5" />,
  zone: <circle cx="3" cy="3" r="1" />,
  stop: <path d="M0 6 6 0M0 0 6 6" />,
  standstill: <path d="M0 3H6" />,
  site: <path d="M3 .5V5.5M.5 3H5.5" />,
};

export function KindSign({ kind }: { readonly kind: ItemKind }) {
  const id = useId();
  return (
    <svg className={`kind kind--${kind}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
        <g fill="none" stroke="currentColor" strokeWidth="1.3">
          {SIGNS[kind]}
        </g>
      </pattern>
      <rect x="1.5" y="1.5" width="17" height="17" rx="3" fill={`url(#${id})`} stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
