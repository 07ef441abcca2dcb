// A value once it has stood still for a moment: what is asked of the node about something typed is asked then.

import { useEffect, useState } from 'react';

const PAUSE_MS = 350;

export function usePaused<Value>(value: Value): Value {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
