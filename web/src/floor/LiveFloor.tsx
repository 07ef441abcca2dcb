// The floor over its node: data as it comes, and how it looks on this terminal.

import { useState } from 'react';
import { useFloor, useLine, useLineLog } from '../data/useFloor';
import { type Look, storedLook, wear } from '../design/theme';
import { Floor } from './Floor';

export function LiveFloor() {
  const lineOpen = useLine();
  const floor = useFloor(lineOpen);
  const line = useLineLog(lineOpen);
  const [look, setLook] = useState(storedLook);
  const onLook = (next: Look) => {
    wear(next);
    setLook(next);
  };
  return <Floor floor={floor} line={line} look={look} onLook={onLook} />;
}
