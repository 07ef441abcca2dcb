// Messages of the live channel: hints of what to read again.

import type { RingView } from './cases';

interface Numbered {
  readonly seq: number;
}

export type NewsMessage = Numbered &
  (
    | { readonly type: 'hello'; readonly epoch: string; readonly resumed: boolean }
    | { readonly type: 'reset' }
    | { readonly type: 'verified' }
    | { readonly type: 'fork' }
    | { readonly type: 'draft' }
    | { readonly type: 'private'; readonly what: string }
    | { readonly type: 'beat'; readonly at_ms?: number }
    | {
        readonly type: 'entry';
        readonly reference: string;
        readonly kind: string;
        readonly author: string;
        readonly own: boolean;
      }
    | { readonly type: 'receipt'; readonly holder: string; readonly log: string }
    | { readonly type: 'line'; readonly member: string; readonly open: boolean }
    | {
        readonly type: 'case';
        readonly reference: string;
        readonly desk: string;
        readonly kind: string;
        readonly state: string;
        readonly over: boolean;
        readonly acts: readonly string[];
      }
    | { readonly type: 'ring'; readonly fresh: readonly RingView[]; readonly gone: readonly RingView[] }
    | {
        readonly type: 'ahead';
        readonly reference: string;
        readonly kind: string;
        readonly author: string;
        readonly durable: boolean;
      }
    | { readonly type: 'session'; readonly ended?: string }
  );
