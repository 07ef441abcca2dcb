// Files in the vectors are proof files of every sort. PARLEY_PROOF_FILES names a file of many more, one JSON a line, each
// with the report that the node's verifier gave: the tests of `parley.proof` all over again, in this language.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BadInput } from '../crypto/badInput';
import { fromBase64, fromHex, hex } from '../crypto/bytes';
import type { CborValue } from '../crypto/cbor';
import vectors from '../vectors/proofs.json';
import type { Finding, VerificationReport } from './report';
import { verify } from './verify';

interface Vector {
  readonly file: string;
  readonly expected?: string | null;
  readonly report: unknown;
}

/** The report as `VerificationReport.as_dict` writes it. */
function told(report: VerificationReport): unknown {
  return {
    banner: report.banner,
    verdict: report.verdict,
    mechanism: report.mechanism,
    reference: report.reference,
    proven: report.proven.map(findingTold),
    cannot_be_told: report.untold.map(findingTold),
    failed: report.failed.map(findingTold),
    content: report.content && Object.fromEntries(Array.from(report.content, ([name, item]) => [name, json(item)])),
  };
}

const findingTold = ({ code, fields }: Finding): unknown => ({ code, fields });

function json(value: CborValue): unknown {
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof Map) return Object.fromEntries(Array.from(value, ([key, item]) => [String(key), json(item)]));
  return Array.isArray(value) ? value.map(json) : value;
}

const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gsu;

/**
 * Which of several faults of bytes that are no CBOR of the profile is told first differs; that they are none does not. Nor is
 * compared how a junk text is quoted within a reason.
 */
function normal(report: unknown): unknown {
  return JSON.parse(JSON.stringify(report), (_, value) => {
    const { fault = '', reason = '' } = value?.fields ?? {};
    if (/^cbor\./.test(fault) && !/: must /.test(reason)) return { code: value.code, fields: { fault: 'cbor' } };
    return typeof reason === 'string' && reason
      ? { ...value, fields: { ...value.fields, reason: reason.replace(QUOTED, "''") } }
      : value;
  });
}

async function check({ file, expected, report }: Vector): Promise<void> {
  const found = await verify(file ? fromBase64(file) : new Uint8Array(), expected ? fromHex(expected) : null);
  expect(normal(told(found))).toEqual(normal(report));
}

describe('a proof file', () => {
  it.each(vectors)('$name: this page finds what the node finds', check);

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
  it.runIf(more)('of every other sort: this page finds what the node finds', { timeout: 300_000 }, async () => {
    const lines = readFileSync(more ?? '', 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) await check(JSON.parse(line) as Vector);
  });
});
