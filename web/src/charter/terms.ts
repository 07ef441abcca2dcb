// Terms: what a charter lays down besides its members' keys, and their CBOR layout (keys 5 to 14 of the charter's map,
// and 15 to 17 where it has those terms).
// Clocks in milliseconds, quotas in statements per member and UTC day, members by ordinal as bit sets.
// Channel 0 is built in and named `directory`; a charter's own channels count from 1.

import { BadInput } from '../crypto/badInput';
import type { CborKey, CborValue } from '../crypto/cbor';
import type { MemberSet } from '../record/ids';
import { PRECEDENCES, type Precedence } from '../record/statement';
import { array, flag, integer, text } from './shapes';

export const DIRECTORY_CHANNEL = 0;
export const DIRECTORY_CHANNEL_NAME = 'directory';
export const BUILT_IN_VERSION = 1;
export const TERMS_KEYS = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
export const ON_DUTY = 15;
export const EMERGENCY = 16;
/** What only another officer than the first may say: no emergency stands in for that. */
export const SECOND_HAND_KINDS = ['release', 'confirm-emergency', 'withdraw-emergency'];
export const AREA = 17;
const RESERVED_DESKS = ['directory', 'charter', 'log'];
const MAX_SET = 2 ** 32 - 1;
const QUARTER_E7 = 900_000_000;
const HALF_E7 = 1_800_000_000;

export const ROLES = ['party', 'facilitator', 'observer'] as const;
export type Role = 0 | 1 | 2;

export interface Channel {
  readonly index: number;
  readonly name: string;
  readonly title: string;
  readonly content: MemberSet;
  readonly statement: MemberSet;
  readonly addressedOnly: boolean;
}

export interface KindRule {
  readonly name: string;
  readonly version: number;
  readonly desk: string;
  readonly channels: readonly number[];
  readonly mandates: readonly string[];
  /** Mandates of which a second officer of the same member must hold one to release the statement; none: no release. */
  readonly countersignedBy: readonly string[];
}

export interface Mandate {
  readonly name: string;
  readonly title: string;
  readonly ceiling: Precedence;
  readonly roles: readonly Role[];
}

export interface Clocks {
  /** By precedence, ROUTINE first. */
  readonly acknowledgeMs: readonly number[];
  readonly alternatesMs: readonly number[];
  readonly facilitatorMs: number | null;
  readonly deskMs: readonly (readonly [name: string, dueMs: number])[];
}

export interface Quotas {
  readonly statements: number;
  readonly flash: number;
  readonly stop: number;
}

export interface Level {
  readonly name: string;
  readonly title: string;
  readonly answerMs: number;
}

/** Registrars on duty: officers who may enrol and revoke officers while root and registrar are away; see `onDuty`. */
export interface OnDuty {
  readonly mandates: readonly string[];
  readonly grants: readonly string[];
  readonly newPositions: boolean;
}

/** Who may stand in for whom in an emergency; see `emergency`. */
export interface EmergencyRule {
  readonly kinds: readonly string[];
  readonly mandates: readonly string[];
  readonly authority: readonly string[];
  readonly ceiling: Precedence;
  readonly triedMs: number;
  readonly confirmMs: number;
}

/** Latitude, longitude, in 1e-7 degree. */
export type Corner = readonly [number, number];

export interface Terms {
  readonly name: string;
  readonly description: string;
  readonly exercise: boolean;
  readonly channels: readonly Channel[];
  readonly kinds: readonly KindRule[];
  readonly mandates: readonly Mandate[];
  readonly clocks: Clocks;
  readonly quotas: Quotas;
  readonly levels: readonly Level[];
  readonly purposes: readonly string[];
  readonly onDuty: OnDuty | null;
  readonly emergency: readonly EmergencyRule[];
  /** Corners of the polygon in which the mechanism's activities lie, in 1e-7 degree; none where the charter names no area. */
  readonly area: readonly Corner[];
}

/** Whether `kind` belongs to the built-in desks, which no charter can redefine. */
export function isReserved(kind: string): boolean {
  return RESERVED_DESKS.includes(kind.split('.')[0] ?? '');
}

/** The terms in a charter's map; only shapes are checked, the rules are `termsRules`. */
export function decodeTerms(fields: ReadonlyMap<CborKey, CborValue>): Terms {
  return {
    name: text('name', fields.get(5)),
    description: text('description', fields.get(6)),
    exercise: flag('exercise', fields.get(7)),
    channels: array('channels', fields.get(8)).map(channel),
    kinds: array('kinds', fields.get(9)).map(kind),
    mandates: array('mandates', fields.get(10)).map(mandate),
    clocks: clocks(fields.get(11)),
    quotas: quotas(fields.get(12)),
    levels: array('levels', fields.get(13)).map(level),
    purposes: array('purposes', fields.get(14)).map((one) => text('purposes', one)),
    onDuty: fields.has(ON_DUTY) ? onDuty(fields.get(ON_DUTY)) : null,
    emergency: fields.has(EMERGENCY) ? emergency(fields.get(EMERGENCY)) : [],
    area: fields.has(AREA) ? area(fields.get(AREA)) : [],
  };
}

function channel(value: CborValue, index: number): Channel {
  const path = `channels[${index}]`;
  const [name, title, content, statement, addressedOnly] = array(path, value, { count: 5 });
  return {
    index: index + 1,
    name: text(`${path}.name`, name),
    title: text(`${path}.title`, title),
    content: integer(`${path}.content`, content, { most: MAX_SET }),
    statement: integer(`${path}.statement`, statement, { most: MAX_SET }),
    addressedOnly: flag(`${path}.addressed_only`, addressedOnly),
  };
}

function kind(value: CborValue, index: number): KindRule {
  const path = `kinds[${index}]`;
  const [name, version, desk, channels, mandates, countersignedBy] = array(path, value, { count: 6 });
  return {
    name: text(`${path}.name`, name),
    version: integer(`${path}.version`, version),
    desk: text(`${path}.desk`, desk),
    channels: array(`${path}.channels`, channels).map((one) => integer(`${path}.channels`, one)),
    mandates: array(`${path}.mandates`, mandates).map((one) => text(`${path}.mandates`, one)),
    countersignedBy: array(`${path}.countersigned_by`, countersignedBy).map((one) =>
      text(`${path}.countersigned_by`, one),
    ),
  };
}

function mandate(value: CborValue, index: number): Mandate {
  const path = `mandates[${index}]`;
  const [name, title, ceiling, roles] = array(path, value, { count: 4 });
  return {
    name: text(`${path}.name`, name),
    title: text(`${path}.title`, title),
    ceiling: integer(`${path}.ceiling`, ceiling, { most: PRECEDENCES.length - 1 }) as Precedence,
    roles: array(`${path}.roles`, roles).map(
      (one) => integer(`${path}.roles`, one, { most: ROLES.length - 1 }) as Role,
    ),
  };
}

function clocks(value: CborValue | undefined): Clocks {
  const [acknowledge, alternates, facilitator, desk] = array('clocks', value, { count: 4 });
  return {
    acknowledgeMs: array('clocks.acknowledge', acknowledge, { count: PRECEDENCES.length }).map((one) =>
      integer('clocks.acknowledge', one),
    ),
    alternatesMs: array('clocks.rings.alternates', alternates).map((one) => integer('clocks.rings.alternates', one)),
    facilitatorMs: facilitator === null ? null : integer('clocks.rings.facilitator', facilitator),
    deskMs: array('clocks.desk', desk).map((item) => {
      const [name, dueMs] = array('clocks.desk', item, { count: 2 });
      return [text('clocks.desk', name), integer('clocks.desk', dueMs)] as const;
    }),
  };
}

function quotas(value: CborValue | undefined): Quotas {
  const [statements, flash, stop] = array('quotas', value, { count: 3 }).map((one) => integer('quotas', one));
  return { statements: statements ?? 0, flash: flash ?? 0, stop: stop ?? 0 };
}

function level(value: CborValue, index: number): Level {
  const path = `levels[${index}]`;
  const [name, title, answerMs] = array(path, value, { count: 3 });
  return {
    name: text(`${path}.name`, name),
    title: text(`${path}.title`, title),
    answerMs: integer(`${path}.answer`, answerMs),
  };
}

function onDuty(value: CborValue | undefined): OnDuty {
  const [mandates, grants, newPositions] = array('on_duty', value, { count: 3 });
  return {
    mandates: array('on_duty.mandates', mandates).map((one) => text('on_duty.mandates', one)),
    grants: array('on_duty.grants', grants).map((one) => text('on_duty.grants', one)),
    newPositions: flag('on_duty.new_positions', newPositions),
  };
}

function emergency(value: CborValue | undefined): readonly EmergencyRule[] {
  const rules = array('emergency', value);
  if (rules.length === 0) throw new BadInput('cbor.type', 'is left out where it is empty', { field: 'emergency' });
  return rules.map((one, index) => emergencyRule(`emergency[${index}]`, one));
}

function emergencyRule(path: string, value: CborValue): EmergencyRule {
  const [kinds, mandates, authority, ceiling, tried, confirm] = array(path, value, { count: 6 });
  return {
    kinds: array(`${path}.kinds`, kinds).map((one) => text(`${path}.kinds`, one)),
    mandates: array(`${path}.mandates`, mandates).map((one) => text(`${path}.mandates`, one)),
    authority: array(`${path}.authority`, authority).map((one) => text(`${path}.authority`, one)),
    ceiling: integer(`${path}.ceiling`, ceiling, { most: PRECEDENCES.length - 1 }) as Precedence,
    triedMs: integer(`${path}.tried`, tried),
    confirmMs: integer(`${path}.confirm`, confirm),
  };
}

function area(value: CborValue | undefined): readonly Corner[] {
  const corners = array('area', value);
  if (corners.length === 0) throw new BadInput('cbor.type', 'is left out where it is empty', { field: 'area' });
  return corners.map((one, index) => corner(`area.corners[${index}]`, one));
}

function corner(path: string, value: CborValue): Corner {
  const [latitude, longitude] = array(path, value, { count: 2 });
  return [
    integer(path, latitude, { least: -QUARTER_E7, most: QUARTER_E7 }),
    integer(path, longitude, { least: -HALF_E7, most: HALF_E7 }),
  ];
}
