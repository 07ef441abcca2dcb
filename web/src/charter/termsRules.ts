// The rules a charter's terms and members keep, as `parley.charter.terms_rules` on the node has them. BadInput with
// charter.value, charter.duplicate, charter.reserved, charter.unknown or charter.members, naming the field as a path.
// Which code points are assigned is the browser's Unicode version; all else is the same on every machine.

import { BadInput } from '../crypto/badInput';
import { characters } from '../crypto/bytes';
import { pythonQuoted } from '../crypto/quoted';
import { MAX_MEMBERS, ordinals, within } from '../record/ids';
import { PRECEDENCES } from '../record/statement';
import {
  type Channel,
  type Clocks,
  DIRECTORY_CHANNEL_NAME,
  type EmergencyRule,
  isReserved,
  type KindRule,
  type Role,
  SECOND_HAND_KINDS,
  type Terms,
} from './terms';

const MAX_CHANNELS = 64;
const MAX_KINDS = 128;
export const MAX_MANDATES = 32;
const MAX_LISTED = 32;
const MIN_CORNERS = 3;
const MAX_CORNERS = 64;
const MAX_NAME_CHARS = 120;
const MAX_DESCRIPTION_CHARS = 2000;
const MAX_CLOCK_MS = 400 * 24 * 3600 * 1000;
const MAX_QUOTA = 10_000_000;

const CODE = /^[A-Z][A-Z0-9]{0,4}[A-Z]$/;
const SLUG = /^[a-z][a-z0-9-]{0,23}$/;
const KIND = /^[a-z][a-z0-9-]{0,23}(\.[a-z][a-z0-9-]{0,23})?$/;
const CLOCK = /^[a-z][a-z0-9-]{0,23}\.[a-z][a-z0-9-]{0,23}$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/;
const CONTROL = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const JOINERS = ['\u200c', '\u200d'];
const SLUG_RULE = 'small letters, digits and hyphens';

/** A member without its key. */
export interface Seat {
  readonly code: string;
  readonly name: string;
  readonly role: Role;
  readonly languages: readonly string[];
}

/** Refuse terms that break a rule; the first broken rule is told. */
export function check(terms: Terms, seats: readonly Seat[]): void {
  checkSeats(seats);
  checkText('name', terms.name, MAX_NAME_CHARS);
  checkText('description', terms.description, MAX_DESCRIPTION_CHARS, { mayBeEmpty: true, lines: true });
  checkChannels(terms.channels, seats.length);
  checkMandates(terms);
  checkKinds(terms);
  checkClocks(
    terms.clocks,
    seats.some((seat) => seat.role === 1),
  );
  for (const name of ['statements', 'flash', 'stop'] as const)
    bounded(`quotas.${name}`, terms.quotas[name], 1, MAX_QUOTA);
  checkLevels(terms);
  counted('purposes', terms.purposes.length, MAX_LISTED, 0);
  for (const [index, purpose] of terms.purposes.entries()) checkText(`purposes[${index}]`, purpose, MAX_NAME_CHARS);
  unique('purposes', terms.purposes);
  checkOnDuty(terms);
  checkEmergency(terms);
  if (terms.area.length > 0) {
    counted('area.corners', terms.area.length, MAX_CORNERS, MIN_CORNERS);
    unique(
      'area.corners',
      terms.area.map(([latitude, longitude]) => `(${latitude}, ${longitude})`),
    );
  }
}

function checkSeats(seats: readonly Seat[]): void {
  if (seats.length < 2 || seats.length > MAX_MEMBERS) {
    throw new BadInput('charter.members', `there are ${seats.length} members`, {
      field: 'members',
      rule: `a mechanism has 2 to ${MAX_MEMBERS}`,
    });
  }
  seats.forEach((seat, index) => {
    const path = `members[${index}]`;
    matched(`${path}.code`, seat.code, CODE, '2 to 6 capitals or digits, a letter first and last');
    checkText(`${path}.name`, seat.name, MAX_NAME_CHARS);
    counted(`${path}.languages`, seat.languages.length, 8);
    for (const language of seat.languages) {
      matched(`${path}.languages`, language, LANGUAGE, 'BCP 47 language tags such as ar, he, en');
    }
    unique(`${path}.languages`, seat.languages);
  });
  unique(
    'members',
    seats.map((seat) => seat.code),
  );
}

function checkChannels(channels: readonly Channel[], members: number): void {
  counted('channels', channels.length, MAX_CHANNELS);
  for (const [index, channel] of channels.entries()) checkChannel(`channels[${index}]`, channel, members);
  unique(
    'channels',
    channels.map((channel) => channel.name),
  );
}

function checkChannel(path: string, channel: Channel, members: number): void {
  matched(`${path}.name`, channel.name, SLUG, SLUG_RULE);
  checkText(`${path}.title`, channel.title, MAX_NAME_CHARS);
  if (channel.name === DIRECTORY_CHANNEL_NAME) throw reserved(`${path}.name`, channel.name);
  if (channel.content >= 2 ** members || channel.statement >= 2 ** members) {
    throw unknown(`${path}.content`, "names an ordinal that is no member's");
  }
  if (ordinals(channel.content).length < 2) {
    throw broken(`${path}.content`, 'a channel has at least two members with content sight');
  }
  if (!within(channel.content, channel.statement)) {
    throw broken(`${path}.statement`, 'whoever sees the content sees the statement');
  }
}

function checkMandates(terms: Terms): void {
  counted('mandates', terms.mandates.length, MAX_MANDATES);
  for (const mandate of terms.mandates) {
    const path = `mandates.${mandate.name}`;
    matched(path, mandate.name, SLUG, SLUG_RULE);
    checkText(`${path}.title`, mandate.title, MAX_NAME_CHARS);
    counted(`${path}.roles`, mandate.roles.length, 3);
    unique(`${path}.roles`, mandate.roles);
    if (['root', 'registrar'].includes(mandate.name)) throw reserved(path, mandate.name);
  }
  unique(
    'mandates',
    terms.mandates.map((mandate) => mandate.name),
  );
}

function checkKinds(terms: Terms): void {
  counted('kinds', terms.kinds.length, MAX_KINDS);
  for (const kind of terms.kinds) checkKind(kind, terms);
  unique(
    'kinds',
    terms.kinds.map((kind) => kind.name),
  );
}

function checkKind(kind: KindRule, terms: Terms): void {
  const path = `kinds.${kind.name}`;
  matched(path, kind.name, KIND, 'small letters, digits and hyphens, at most one dot');
  if (isReserved(kind.name)) throw reserved(path, kind.name);
  bounded(`${path}.version`, kind.version, 1, 65535);
  matched(`${path}.desk`, kind.desk, SLUG, SLUG_RULE);
  counted(`${path}.channels`, kind.channels.length, MAX_CHANNELS);
  unique(`${path}.channels`, kind.channels);
  for (const channel of kind.channels) {
    if (channel < 1 || channel > terms.channels.length) {
      throw unknown(`${path}.channels`, `there is no channel ${channel}`);
    }
  }
  checkMandatesNamed(`${path}.mandates`, kind.mandates, 1, terms);
  checkMandatesNamed(`${path}.countersigned_by`, kind.countersignedBy, 0, terms);
}

function checkMandatesNamed(path: string, named: readonly string[], least: number, terms: Terms): void {
  counted(path, named.length, MAX_MANDATES, least);
  unique(path, named);
  for (const mandate of named) {
    if (!terms.mandates.some((one) => one.name === mandate))
      throw unknown(path, `there is no mandate ${pythonQuoted(mandate)}`);
  }
}

function checkOnDuty(terms: Terms): void {
  const { onDuty } = terms;
  if (onDuty === null) return;
  checkMandatesNamed('on_duty.mandates', onDuty.mandates, 1, terms);
  checkMandatesNamed('on_duty.grants', onDuty.grants, 1, terms);
  if (onDuty.mandates.some((name) => onDuty.grants.includes(name))) {
    throw broken('on_duty.grants', 'a registrar on duty makes no other');
  }
}

function checkEmergency(terms: Terms): void {
  counted('emergency', terms.emergency.length, MAX_LISTED, 0);
  terms.emergency.forEach((rule, index) => {
    const path = `emergency[${index}]`;
    counted(`${path}.kinds`, rule.kinds.length, MAX_KINDS);
    unique(`${path}.kinds`, rule.kinds);
    checkMandatesNamed(`${path}.mandates`, rule.mandates, 1, terms);
    checkMandatesNamed(`${path}.authority`, rule.authority, 1, terms);
    for (const name of rule.kinds) checkEmergencyKind(path, name, rule, terms);
    bounded(`${path}.tried`, rule.triedMs, 1, MAX_CLOCK_MS);
    bounded(`${path}.confirm`, rule.confirmMs, 1, MAX_CLOCK_MS);
  });
  unique(
    'emergency',
    terms.emergency.flatMap((rule) => rule.kinds.flatMap((kind) => rule.mandates.map((name) => `${kind} ${name}`))),
  );
}

function checkEmergencyKind(path: string, name: string, rule: EmergencyRule, terms: Terms): void {
  const kind = terms.kinds.find((one) => one.name === name);
  if (!kind) throw unknown(`${path}.kinds`, `there is no kind ${pythonQuoted(name)}`);
  if (SECOND_HAND_KINDS.includes(name)) throw broken(`${path}.kinds`, 'nothing stands in for a second officer');
  if (!rule.authority.every((one) => kind.mandates.includes(one))) {
    throw broken(`${path}.authority`, 'mandates that cover the kinds');
  }
  if (rule.mandates.some((one) => kind.mandates.includes(one))) {
    throw broken(`${path}.mandates`, 'mandates that do not cover the kinds');
  }
}

function checkClocks(clocks: Clocks, facilitated: boolean): void {
  PRECEDENCES.forEach((name, precedence) => {
    const due = clocks.acknowledgeMs[precedence] ?? 0;
    bounded(`clocks.acknowledge.${name}`, due, 1, MAX_CLOCK_MS);
    if (precedence > 0 && due > (clocks.acknowledgeMs[precedence - 1] ?? 0)) {
      throw broken(`clocks.acknowledge.${name}`, 'a higher precedence has no longer clock');
    }
  });
  counted('clocks.rings.alternates', clocks.alternatesMs.length, MAX_LISTED, 0);
  let last = 0;
  for (const ring of clocks.alternatesMs) {
    bounded('clocks.rings.alternates', ring, last + 1, MAX_CLOCK_MS);
    last = ring;
  }
  if (clocks.facilitatorMs !== null) {
    bounded('clocks.rings.facilitator', clocks.facilitatorMs, last + 1, MAX_CLOCK_MS);
    if (!facilitated) throw broken('clocks.rings.facilitator', 'there is no facilitator to ring');
  }
  counted('clocks.desk', clocks.deskMs.length, 2 * MAX_LISTED, 0);
  for (const [name, due] of clocks.deskMs) {
    matched(`clocks.desk.${name}`, name, CLOCK, 'a desk and a clock, such as dispute.answer');
    bounded(`clocks.desk.${name}`, due, 1, MAX_CLOCK_MS);
  }
  unique(
    'clocks.desk',
    clocks.deskMs.map(([name]) => name),
  );
}

function checkLevels(terms: Terms): void {
  counted('levels', terms.levels.length, MAX_LISTED, 0);
  terms.levels.forEach((level, index) => {
    matched(`levels[${index}].name`, level.name, SLUG, SLUG_RULE);
    checkText(`levels[${index}].title`, level.title, MAX_NAME_CHARS);
    bounded(`levels[${index}].answer`, level.answerMs, 1, MAX_CLOCK_MS);
  });
  unique(
    'levels',
    terms.levels.map((level) => level.name),
  );
}

function checkText(field: string, value: string, most: number, { mayBeEmpty = false, lines = false } = {}): void {
  if (characters(value) > most || !(value.trim() || mayBeEmpty)) throw broken(field, `1 to ${most} characters`);
  if (value.normalize('NFC') !== value) throw broken(field, 'text in Unicode normal form NFC');
  for (const character of value) {
    if (!CONTROL.test(character) || JOINERS.includes(character) || (lines && character === '\n')) continue;
    const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw broken(field, `no control or direction characters (U+${point})`);
  }
}

function matched(field: string, value: string, pattern: RegExp, rule: string): void {
  if (!pattern.test(value))
    throw new BadInput('charter.value', `${pythonQuoted(value)} is not allowed`, { field, rule });
}

function bounded(field: string, value: number, least: number, most: number): void {
  if (value < least || value > most) {
    throw new BadInput('charter.value', `${value} is out of bounds`, { field, rule: `from ${least} to ${most}` });
  }
}

function counted(field: string, count: number, most: number, least = 1): void {
  if (count < least || count > most) {
    throw new BadInput('charter.value', `holds ${count}`, { field, rule: `from ${least} to ${most}` });
  }
}

function unique(field: string, values: readonly (string | number)[]): void {
  const twice = values.find((value, index) => values.indexOf(value) < index);
  if (twice !== undefined) {
    throw new BadInput('charter.duplicate', `${twice} is named twice`, { field, rule: 'each once' });
  }
}

const broken = (field: string, rule: string): BadInput =>
  new BadInput('charter.value', 'breaks a rule', { field, rule });
const unknown = (field: string, reason: string): BadInput =>
  new BadInput('charter.unknown', reason, { field, rule: 'name only what the charter defines' });
const reserved = (field: string, name: string): BadInput =>
  new BadInput('charter.reserved', `${pythonQuoted(name)} is built in`, {
    field,
    rule: 'a charter cannot redefine it',
  });
