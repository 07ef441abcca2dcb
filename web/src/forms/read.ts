// What reading an entry gives: a value as it will be signed, or why it is none.

export const FAULTS = [
  'missing',
  'time',
  'time-skipped',
  'date',
  'latitude',
  'longitude',
  'mgrs',
  'number',
  'height',
  'radius',
  'corners',
  'window',
  'band',
  'span',
  'reference',
  'letter',
  'language',
  'telephone',
  'too-long',
  'code',
  'roster',
] as const;
export type Fault = (typeof FAULTS)[number];

export type Read<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

export const given = <Value>(value: Value): Read<Value> => ({ ok: true, value });
export const fault = (code: Fault): Read<never> => ({ ok: false, fault: code });
