// The one clock of the page: everything that shows a running time takes it from here, so that all of it ticks together and
// a test or the gallery can hold it still.

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const NowContext = createContext(0);

export function NowProvider({
  fixedMs,
  children,
}: {
  readonly fixedMs?: number | undefined;
  readonly children: ReactNode;
}) {
  const [nowMs, setNowMs] = useState(() => fixedMs ?? Date.now());
  useEffect(() => {
    if (fixedMs !== undefined) return undefined;
    const ticking = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(ticking);
  }, [fixedMs]);
  return <NowContext.Provider value={fixedMs ?? nowMs}>{children}</NowContext.Provider>;
}

export const useNow = (): number => useContext(NowContext);
