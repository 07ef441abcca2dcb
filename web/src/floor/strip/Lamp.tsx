// A lamp: a shape, a name and a word. good is a filled disc with a tick, unknown a hollow disc with a question mark, trouble
// a triangle, alarm a filled octagon.

import type { ReactNode } from 'react';
import { Broken, Check, Hand, Question, Warning } from '../../parts/icons';
import type { LampTone } from './lamps';

const SIGNS = { good: Check, unknown: Question, trouble: Warning, alarm: Hand } as const;

interface Props {
  readonly tone: LampTone;
  readonly name: ReactNode;
  readonly offline?: boolean;
  readonly children: ReactNode;
}

export function Lamp({ tone, name, offline = false, children }: Props) {
  const Sign = offline ? Broken : SIGNS[tone];
  return (
    <span className={`lamp lamp--${offline ? 'dark' : tone}`}>
      <span className="lamp__sign">
        <Sign />
      </span>
      <span className="lamp__name">{name}</span>
      <span className="lamp__word">{children}</span>
    </span>
  );
}
