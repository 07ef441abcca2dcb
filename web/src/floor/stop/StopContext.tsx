// Whether the STOP dialog is open: the key of the strip and the key of the keyboard open the same one.

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

interface StopOpen {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

const Context = createContext<StopOpen>({ open: false, setOpen: () => undefined });
export const useStopOpen = (): StopOpen => useContext(Context);

export function StopProvider({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const value = useMemo(() => ({ open, setOpen }), [open]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
