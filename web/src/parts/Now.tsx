// The one clock of the page: everything that shows a running time takes it from here, so that all of it ticks together and
// a test or the gallery can hold it still. What takes something that changes more rarely than the seconds is drawn only then.

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';

class Ticker {
  nowMs: number;
  private readonly listeners = new Set<() => void>();

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(nowMs: number): void {
    this.nowMs = nowMs;
    for (const listener of this.listeners) listener();
  }
}

const NowContext = createContext(new Ticker(0));

export function NowProvider({
  fixedMs,
  children,
}: {
  readonly fixedMs?: number | undefined;
  readonly children: ReactNode;
}) {
  const [ticker] = useState(() => new Ticker(fixedMs ?? Date.now()));
  useEffect(() => {
    if (fixedMs !== undefined) {
      ticker.set(fixedMs);
      return undefined;
    }
    const ticking = setInterval(() => ticker.set(Date.now()), 1000);
    return () => clearInterval(ticking);
  }, [ticker, fixedMs]);
  return <NowContext.Provider value={ticker}>{children}</NowContext.Provider>;
}

/** What `of` makes of the moment; drawn anew only when that is something else. */
export function useNowAs<Value extends string | number | boolean>(of: (nowMs: number) => Value): Value {
  const ticker = useContext(NowContext);
  return useSyncExternalStore(ticker.listen, () => of(ticker.nowMs));
}

const itself = (nowMs: number): number => nowMs;
export const useNow = (): number => useNowAs(itself);
