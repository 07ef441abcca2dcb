// A finding's sentence, its fields filled in. Fields come from strangers: marks that turn the direction of writing are shown
// as what they are, and every field is isolated (U+2068 … U+2069), so that it cannot change how the sentence reads.

import type { I18n, MessageDescriptor } from '@lingui/core';
import { visible } from '../parts/visible';
import type { FieldValue, Finding } from './report';
import { FAILED, PROVEN, UNTOLD } from './sentences';

const SENTENCES: Readonly<Record<string, MessageDescriptor>> = { ...PROVEN, ...UNTOLD, ...FAILED };
const LAST_MS = 253_402_300_799_999n;

export function sentence(finding: Finding, i18n: I18n, nobody: string): string {
  const words = SENTENCES[finding.code];
  if (!words) throw new Error(`no sentence for ${finding.code}`);
  const fields = Object.entries(finding.fields).map(([name, value]) => [
    name,
    isolated(fieldWords(name, value, nobody)),
  ]);
  const translate = i18n._.bind(i18n);
  return translate(words.id, Object.fromEntries(fields));
}

/** A field as the node writes it in the same place. */
export function fieldWords(name: string, value: FieldValue, nobody: string): string {
  if (typeof value === 'string') return visible(value);
  if (typeof value !== 'number' && typeof value !== 'bigint') return value.map(visible).join(', ') || nobody;
  if (name.endsWith('_ms')) return moment(BigInt(value));
  return name.endsWith('_s') ? moment(BigInt(value) * 1000n) : String(value);
}

/** A time in UTC, to the millisecond; one that no calendar reaches, as the number it is. */
function moment(unixMs: bigint): string {
  if (unixMs < 0n || unixMs > LAST_MS) return `${unixMs} ms after 1970`;
  return `${new Date(Number(unixMs)).toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

const isolated = (text: string): string => `\u2068${text}\u2069`;
