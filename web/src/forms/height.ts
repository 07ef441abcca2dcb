// A height as an officer enters it: whole feet or metres over a datum that is named. The record's value is
// [centimetres, datum]. A distance is whole metres. Pure.

import type { LengthUnit } from './conventions';
import { western } from './instant';
import { fault, given, type Read } from './read';

export const DATUMS = ['AMSL', 'AGL', 'WGS84'] as const;
export type Datum = (typeof DATUMS)[number];
export type Height = readonly [centimetres: number, datum: string];

export interface HeightEntry {
  readonly amount: string;
  readonly unit: LengthUnit;
  readonly datum: Datum | '';
}

const MAX_CM = 10_000_000;
const FOOT_CM = 30.48;
const NUMBER = /^[-\u2212]?[0-9]{1,6}(?:[.,][0-9]{1,2})?$/;

export const blankHeight = (unit: LengthUnit): HeightEntry => ({ amount: '', unit, datum: '' });

export function readHeight({ amount, unit, datum }: HeightEntry): Read<Height> {
  const text = western(amount).trim();
  if (!text) return fault('missing');
  if (!NUMBER.test(text) || datum === '') return fault('height');
  const number = Number(text.replace('\u2212', '-').replace(',', '.'));
  const centimetres = Math.round(number * (unit === 'ft' ? FOOT_CM : 100));
  return Math.abs(centimetres) <= MAX_CM ? given([centimetres, datum]) : fault('height');
}

export function writeHeight([centimetres, datum]: Height, unit: LengthUnit): HeightEntry {
  return { amount: lengthIn(centimetres, unit), unit, datum: DATUMS.find((one) => one === datum) ?? '' };
}

/** Whole feet or metres where that is what it is, else with one decimal. */
export function lengthIn(centimetres: number, unit: LengthUnit): string {
  const exact = centimetres / (unit === 'ft' ? FOOT_CM : 100);
  const whole = Math.round(exact);
  const isWhole = Math.abs(centimetres - whole * (unit === 'ft' ? FOOT_CM : 100)) < 1;
  return (isWhole ? String(whole) : exact.toFixed(1)).replace('-', '\u2212');
}

/** Whole metres from 1 to `most`. */
export function readMetres(text: string, most: number): Read<number> {
  const clean = western(text).trim();
  if (!clean) return fault('missing');
  const metres = /^[0-9]{1,7}$/.test(clean) ? Number(clean) : 0;
  return metres >= 1 && metres <= most ? given(metres) : fault('radius');
}
