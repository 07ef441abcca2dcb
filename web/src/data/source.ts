// Where the floor's data comes from: the one interface behind which a node, or a simulation of one, stands.

import { createContext, useContext } from 'react';
import type { FloorView, LineStatement } from './floor';

/** A refusal or fault as the node tells it (RFC 9457): stable code, one sentence, what to do. */
export class Problem extends Error {
  readonly code: string;
  readonly rule: string | null;

  constructor(code: string, reason: string, rule: string | null = null) {
    super(reason);
    this.name = 'Problem';
    this.code = code;
    this.rule = rule;
  }
}

export type News = { readonly kind: 'changed' } | { readonly kind: 'line'; readonly open: boolean };

export interface FloorSource {
  readonly floor: (signal: AbortSignal) => Promise<FloorView>;
  readonly line: (signal: AbortSignal) => Promise<readonly LineStatement[]>;
  /** Calls `listener` when something changed and when the line to the node opens or closes; gives what ends that. */
  readonly watch: (listener: (news: News) => void) => () => void;
}

/** Stands in where the page has no node behind it. */
export const NO_NODE: FloorSource = {
  floor: () => Promise.reject(new Problem('floor.no-node', 'this page has no node behind it')),
  line: () => Promise.reject(new Problem('floor.no-node', 'this page has no node behind it')),
  watch: (listener) => {
    listener({ kind: 'line', open: false });
    return () => undefined;
  },
};

export const SourceContext = createContext<FloorSource>(NO_NODE);
export const useSource = (): FloorSource => useContext(SourceContext);
