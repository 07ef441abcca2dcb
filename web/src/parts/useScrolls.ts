// Whether a box has more in it than it shows: then it must be reachable by keyboard (WCAG 2.1.1), and only then.

import { type RefObject, useEffect, useRef, useState } from 'react';

export function useScrolls<Box extends HTMLElement>(): readonly [RefObject<Box | null>, boolean] {
  const box = useRef<Box>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const found = box.current;
    if (!found) return undefined;
    const look = () =>
      setScrolls(found.scrollHeight > found.clientHeight + 1 || found.scrollWidth > found.clientWidth + 1);
    const observer = new ResizeObserver(look);
    observer.observe(found);
    for (const child of found.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return [box, scrolls];
}
