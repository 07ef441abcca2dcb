// Report: what verifying a proof file came to, as data; sentences are made of it in `words`. A finding is a stable code
// and fields, the same as `parley verify --json` gives. Where anything failed, nothing is proven. Fields whose names end
// in _ms and _s are Unix times in those units.

import { BadInput } from '../crypto/badInput';
import type { ContentFields } from '../record/content';

/** A bigint where a number would round. */
export type FieldValue = string | number | bigint | readonly string[];
export type Verdict = 'proven' | 'recorded-but-void' | 'not-proven';

export interface Finding {
  readonly code: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export interface VerificationReport {
  readonly verdict: Verdict;
  readonly banner: string | null;
  /** Digest of the founding charter in hex, '' where the file holds none that can be read. */
  readonly mechanism: string;
  /** The place the file is about, such as `SYR 42`. */
  readonly reference: string;
  readonly proven: readonly Finding[];
  readonly untold: readonly Finding[];
  readonly failed: readonly Finding[];
  readonly content: ContentFields | null;
}

export const finding = (code: string, fields: Finding['fields'] = {}): Finding => ({ code, fields });

/** Checks of a proof file that failed. */
export class Unproven extends Error {
  readonly findings: readonly Finding[];

  constructor(...findings: readonly Finding[]) {
    super('the proof file does not show what it must');
    this.name = 'Unproven';
    this.findings = findings;
  }

  static of(code: string, fields: Finding['fields']): Unproven {
    return new Unproven(finding(code, fields));
  }

  /** A failed check that a refusal explains; anything but BadInput is thrown on as it is. */
  static because(code: string, fault: unknown, fields: Finding['fields'] = {}): Unproven {
    if (!(fault instanceof BadInput)) throw fault;
    return Unproven.of(code, { fault: fault.code, reason: fault.told, ...fields });
  }
}

/** `check` of every item; all that failed are told together. */
export async function all<Item, Result>(
  items: Iterable<Item>,
  check: (item: Item) => Result | Promise<Result>,
): Promise<Result[]> {
  const passed: Result[] = [];
  const failed: Finding[] = [];
  for (const item of items) {
    try {
      passed.push(await check(item));
    } catch (fault) {
      if (!(fault instanceof Unproven)) throw fault;
      failed.push(...fault.findings);
    }
  }
  if (failed.length > 0) throw new Unproven(...failed);
  return passed;
}
