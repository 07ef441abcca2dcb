// Files in the vectors are proof files of every sort. PARLEY_PROOF_FILES names a file of many more, one JSON a line, each
// with the report that the node's verifier gave: the tests of `parley.proof` all over again, in this language
// (`tests/web/recorder.py`), or files with something changed in them and all above it made to fit (`tests/web/mutants.py`).

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BadInput } from '../crypto/badInput';
import { fromBase64, fromHex, hex } from '../crypto/bytes';
import type { CborKey, CborValue } from '../crypto/cbor';
import vectors from '../vectors/proofs.json';
import type { Finding, VerificationReport } from './report';
import { verify } from './verify';

interface Vector {
  readonly name?: string;
  readonly file: string;
  readonly expected?: string | null;
  readonly report: unknown;
}

/** The report as `VerificationReport.as_dict` writes it; integers that JSON would round are written as texts. */
function told(report: VerificationReport): unknown {
  return {
    banner: report.banner,
    verdict: report.verdict,
    mechanism: report.mechanism,
    reference: report.reference,
    proven: report.proven.map(findingTold),
    cannot_be_told: report.untold.map(findingTold),
    failed: report.failed.map(findingTold),
    content: report.content && json(report.content),
  };
}

const findingTold = ({ code, fields }: Finding): unknown => ({ code, fields });

function json(value: CborValue): unknown {
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof Map) return Object.fromEntries(Array.from(value, ([key, item]) => [nameTold(key), json(item)]));
  if (Array.isArray(value)) return value.map(json);
  return typeof value === 'bigint' ? String(value) : value;
}

const nameTold = (key: CborKey): string => (key instanceof Uint8Array ? hex(key) : String(key));

/** Which of several faults of bytes that are no CBOR of the profile is told first differs; that they are none does not. */
function normal(report: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(report), (_, value) => {
    const { fault = '', reason = '' } = value?.fields ?? {};
    if (!/^cbor\./.test(fault) || /: must /.test(reason)) return value;
    return { code: value.code, fields: { ...value.fields, fault: 'cbor', reason: '' } };
  });
}

/** What the node and this page do not find alike in a file, each as it found it; null where they agree. */
async function difference({ file, expected, report }: Vector): Promise<string | null> {
  const found = await verify(file ? fromBase64(file) : new Uint8Array(), expected ? fromHex(expected) : null);
  const [node, page] = [normal(report), normal(told(found))];
  const apart = Object.keys(node).filter((name) => !isDeepStrictEqual(node[name], page[name]));
  const each = (side: typeof node) => apart.map((name) => `${name} ${JSON.stringify(side[name])}`).join('; ');
  return apart.length > 0 ? `  node: ${each(node)}\n  page: ${each(page)}` : null;
}

describe('a proof file', () => {
  it.each(vectors)('$name: this page finds what the node finds', async (vector) => {
    expect(await difference(vector)).toBeNull();
  });

  it('is not proven with any one byte changed', async () => {
    const whole = fromBase64(vectors[0]?.file ?? '');
    for (let at = 7; at < whole.length; at += 397) {
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      expect((await verify(changed)).verdict).toBe('not-proven');
    }
  });

  it('that is junk gives a report and no error', async () => {
    for (const junk of ['', 'a0', 'ff00', '8101']) expect((await verify(fromHex(junk))).verdict).toBe('not-proven');
    expect(() => fromHex('0')).toThrow(BadInput);
  });

  const more = process.env['PARLEY_PROOF_FILES'];
  it.runIf(more)('of every other sort: this page finds what the node finds', { timeout: 3_600_000 }, async () => {
    const apart: string[] = [];
    let count = 0;
    for await (const line of createInterface({ input: createReadStream(more ?? '') })) {
      count++;
      const vector = JSON.parse(line) as Vector;
      const found = await difference(vector);
      if (found) apart.push(`${vector.name ?? line.slice(0, 80)}\n${found}`);
    }
    expect(count).toBeGreaterThan(100);
    expect(apart, `${apart.length} of ${count} files:\n${apart.join('\n')}`).toHaveLength(0);
  });
});
