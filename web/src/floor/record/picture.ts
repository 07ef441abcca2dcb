// The proof of one entry as a picture: statement → entry → tree → checkpoint → receipts. What each box says comes from the
// findings of the verification in this browser; without one, from what the node says, and then nothing is proven. Pure.

import type { EntryView } from '../../data/wire';
import type { Finding, VerificationReport } from '../../proof/report';

export interface Holder {
  readonly member: string;
  readonly reference: string;
  readonly atMs: number;
}

export interface Picture {
  /** Whether it was verified here, and holds. */
  readonly standing: 'told' | 'proven' | 'void' | 'failed';
  readonly signer: string | null;
  readonly key: string | null;
  readonly mandate: string | null;
  readonly log: string;
  readonly seq: number;
  readonly atMs: number;
  readonly tree: { readonly size: number; readonly root: string } | null;
  readonly checkpoint: { readonly key: string; readonly certified: string } | null;
  readonly postQuantum: boolean;
  readonly holders: readonly Holder[];
}

export function picture(entry: EntryView, report: VerificationReport | null): Picture {
  const found = (code: string): Finding | undefined => report?.proven.find((one) => one.code === code);
  const all = (...codes: readonly string[]): readonly Finding[] =>
    report?.proven.filter((one) => codes.includes(one.code)) ?? [];
  const signed = all('signed.officer', 'signed.registrar', 'signed.root')[0];
  const recorded = found('recorded');
  const checkpoint = found('checkpoint');
  return {
    standing: standingOf(report),
    signer: entry.author ?? text(signed, 'position'),
    key: text(signed, 'key'),
    mandate: text(signed, 'mandate'),
    log: entry.log,
    seq: entry.seq,
    atMs: entry.at_ms,
    tree: recorded ? { size: number(recorded, 'size'), root: text(recorded, 'root') ?? '' } : null,
    checkpoint: checkpoint
      ? { key: text(checkpoint, 'key') ?? '', certified: text(checkpoint, 'certified') ?? '' }
      : null,
    postQuantum: all('post-quantum', 'post-quantum.timed').length > 0,
    holders: report
      ? all('held', 'held.content', 'held.statement').map((one) => ({
          member: text(one, 'holder') ?? '',
          reference: text(one, 'reference') ?? '',
          atMs: number(one, 'at_ms'),
        }))
      : entry.receipts.map((one) => ({ member: one.holder, reference: one.reference, atMs: one.at_ms })),
  };
}

/** Which side of the path each hash of an inclusion proof stands on, from the leaf up (RFC 9162 §2.1.3.2). */
export function pathSides(index: number, size: number): readonly ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = [];
  let [at, last] = [index, size - 1];
  while (last > 0) {
    if (at % 2 === 1) sides.push('left');
    else if (at < last) sides.push('right');
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return sides;
}

function standingOf(report: VerificationReport | null): Picture['standing'] {
  if (!report) return 'told';
  if (report.verdict === 'proven') return 'proven';
  return report.verdict === 'recorded-but-void' ? 'void' : 'failed';
}

function text(finding: Finding | undefined, field: string): string | null {
  const value = finding?.fields[field];
  return typeof value === 'string' ? value : null;
}

function number(finding: Finding, field: string): number {
  const value = finding.fields[field];
  return typeof value === 'number' ? value : 0;
}
