// Marks a statement as shown once what it wraps has been in view.

import { type ReactNode, useRef } from 'react';
import { useSeat } from '../../app/seat';
import type { ItemView } from '../../data/wire';
import { useInView, useShown } from './ShownProvider';
import { isOwed } from './showing';

export function ShownMark({ item, children }: { readonly item: ItemView; readonly children: ReactNode }) {
  const { floor } = useSeat();
  const note = useShown();
  const box = useRef<HTMLDivElement>(null);
  useInView(box, () => note(item), isOwed(item, floor.me));
  return (
    <div className="shown" ref={box}>
      {children}
    </div>
  );
}
