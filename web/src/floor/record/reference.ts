// References as people type them. Pure.

import { western } from '../../forms/instant';

/** `aaa-42`, `AAA42`, `AAA 42`: as `AAA 42`; null where it is no reference. */
export function referenceIn(text: string): string | null {
  const [, log, seq] = /^\s*([a-z][a-z0-9]{1,7}?)[\s_-]*([0-9]{1,16})\s*$/i.exec(western(text)) ?? [];
  return log && seq ? `${log.toUpperCase()} ${Number(seq)}` : null;
}
