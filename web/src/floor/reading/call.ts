// The record of a call begins with what was read in it: to whom, when, and which statements. Pure.

import type { ItemView, JsonFields } from '../../data/wire';

export interface CallBegun {
  readonly filled: JsonFields;
  readonly to: readonly string[];
}

const MINUTE_MS = 60_000;

/** `item`: what was read last. With whom: who said it, or, of an own statement, its first addressee. */
export function callBegun(item: ItemView, me: string, aloud: readonly string[], nowMs: number): CallBegun {
  const other = item.author === me ? (item.addressees.find((code) => code !== me) ?? '') : item.author;
  const who = item.author === me ? other : `${item.author}/${item.position}`;
  const read = [...new Set([...aloud, item.reference])];
  return {
    filled: { read, time: Math.floor(nowMs / MINUTE_MS) * MINUTE_MS, ...(who ? { with: who } : {}) },
    to: other ? [other] : [],
  };
}
