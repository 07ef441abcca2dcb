// Signs *shown* for what was really on screen: in view for a moment, in a tab that is in front, at a desk at which an officer
// is signed on. Once for each statement; several together; quietly, for it is no act of a human.

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import type { ItemView } from '../../data/wire';
import { sayingAbout } from '../../say/about';
import { drawChance, prepare, send } from '../../say/saying';
import { batches, isOwed } from './showing';

const IN_VIEW_MS = 800;
/** Of a statement that is taller than the screen. */
const ENOUGH_PX = 160;
const TOGETHER_MS = 1_500;
const AGAIN_MS = 20_000;

const Context = createContext<(item: ItemView) => void>(() => undefined);
export const useShown = (): ((item: ItemView) => void) => useContext(Context);

export function ShownProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const seat = useSeat();
  const latest = useRef({ client, seat });
  latest.current = { client, seat };
  const [note] = useState(() => {
    const done = new Set<string>();
    let waiting: ItemView[] = [];
    let flushing = false;

    async function sign(items: readonly ItemView[]): Promise<void> {
      const { client, seat } = latest.current;
      const first = items[0];
      const saying = first && sayingAbout(seat.floor, seat.session, first, 'shown', {}, 'ROUTINE');
      if (!saying) return;
      const about = items.map((item) => item.digest);
      try {
        const prepared = prepare({ ...saying, about }, seat.session, seat.floor, drawChance(Date.now()));
        await send(client, prepared, seat.key);
      } catch {
        setTimeout(() => {
          for (const item of items) done.delete(item.digest);
        }, AGAIN_MS);
      }
    }

    function flush(): void {
      flushing = false;
      const items = waiting;
      waiting = [];
      for (const batch of batches(items)) void sign(batch);
    }

    return (item: ItemView) => {
      if (!isOwed(item, latest.current.seat.floor.me) || done.has(item.digest)) return;
      done.add(item.digest);
      waiting.push(item);
      if (!flushing) setTimeout(flush, TOGETHER_MS);
      flushing = true;
    };
  });
  return <Context.Provider value={note}>{children}</Context.Provider>;
}

/** Tells when an element has been in view for a moment, with the tab in front. */
export function useInView(ref: React.RefObject<HTMLElement | null>, onSeen: () => void, enabled: boolean): void {
  const seen = useRef(onSeen);
  seen.current = onSeen;
  useEffect(() => {
    const element = ref.current;
    if (!element || !enabled) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let inView = false;
    const check = () => {
      clearTimeout(timer);
      if (inView && document.visibilityState === 'visible') timer = setTimeout(() => seen.current(), IN_VIEW_MS);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1);
        inView = last !== undefined && (last.intersectionRatio >= 0.5 || last.intersectionRect.height >= ENOUGH_PX);
        check();
      },
      { threshold: [0, 0.25, 0.5, 0.75, 1] },
    );
    observer.observe(element);
    document.addEventListener('visibilitychange', check);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('visibilitychange', check);
    };
  }, [ref, enabled]);
}
