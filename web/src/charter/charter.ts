// The charter: the document that founds a mechanism, and each amendment of it. Deterministic CBOR map with integer keys:
// 0 format (1) · 1 version · 2 digest of the charter it amends / null · 3 digest of the founding charter / null ·
// 4 members [[code, name, role, root key, [language, …]], …] · 5 to 17 the terms.
//
// A member's ordinal is its index in 4, for ever. The digest is SHA-256 of those bytes; the founding charter's digest
// names the mechanism for ever.

import { BadInput } from '../crypto/badInput';
import { type Bytes, equal } from '../crypto/bytes';
import { type CborValue, decode } from '../crypto/cbor';
import { DIGEST_BYTES, sha256 } from '../crypto/hash';
import { VerifyKey } from '../crypto/publicKeys';
import { intersection, type MemberSet, ordinals, setOf } from '../record/ids';
import { array, integer, mapping, octets, text } from './shapes';
import {
  AREA,
  type Channel,
  DIRECTORY_CHANNEL,
  DIRECTORY_CHANNEL_NAME,
  decodeTerms,
  EMERGENCY,
  type KindRule,
  type Mandate,
  ON_DUTY,
  ROLES,
  type Role,
  TERMS_KEYS,
  type Terms,
} from './terms';
import { check, type Seat } from './termsRules';

const CHARTER_FORMAT = 1;
export const MAX_CHARTER_BYTES = 48 * 1024;
export const MAX_VERSION = 65535;
export const EXERCISE_BANNER = 'SIMULATION: not an act of any state';

/** A member of a founded mechanism. */
export interface Member extends Seat {
  readonly ordinal: number;
  readonly rootKey: VerifyKey;
}

export interface Charter {
  readonly raw: Bytes;
  readonly digest: Bytes;
  readonly version: number;
  readonly previous: Bytes | null;
  readonly founding: Bytes | null;
  /** The founding charter's digest. */
  readonly mechanism: Bytes;
  readonly members: readonly Member[];
  readonly terms: Terms;
  /** All channels by index, the built-in channel 0 first. */
  readonly channels: readonly Channel[];
  /** What every screen, proof and printout opens with; null where acts are real. */
  readonly banner: string | null;
}

export function kindRule(charter: Charter, name: string): KindRule | undefined {
  return charter.terms.kinds.find((kind) => kind.name === name);
}

export function mandateOf(charter: Charter, name: string): Mandate | undefined {
  return charter.terms.mandates.find((mandate) => mandate.name === name);
}

/** [statement sight, content sight] of what `author` says to `addressees` on a channel that there is. */
export function sights(channel: Channel, author: number, addressees: MemberSet): readonly [MemberSet, MemberSet] {
  if (!channel.addressedOnly) return [channel.statement, channel.content];
  const named = setOf([author, ...ordinals(addressees)]);
  return [channel.statement, intersection(channel.content, named)];
}

/** Decode and check a charter; whether it was adopted is told by its signatures. */
export function decodeCharter(raw: Bytes): Charter {
  const fields = mapping('charter', decode(raw, { maxBytes: MAX_CHARTER_BYTES, maxDepth: 8 }));
  if (fields.get(0) !== CHARTER_FORMAT) {
    throw new BadInput('charter.format', 'is of a format not understood here', {
      field: 'format',
      rule: `must be ${CHARTER_FORMAT}`,
    });
  }
  const keys = [0, 1, 2, 3, 4, ...TERMS_KEYS];
  const size = keys.length + [ON_DUTY, EMERGENCY, AREA].filter((key) => fields.has(key)).length;
  if (fields.size !== size || !keys.every((key) => fields.has(key))) {
    throw new BadInput('cbor.type', 'must have the keys 0 to 14, and none beyond 17', { field: 'charter' });
  }
  const [given, origin] = [fields.get(2), fields.get(3)];
  const version = integer('version', fields.get(1), { least: 1, most: MAX_VERSION });
  if ((given === null) !== (version === 1) || (origin === null) !== (version === 1)) {
    throw new BadInput('charter.value', 'breaks a rule', {
      field: 'previous',
      rule: 'version 1 founds; a later one names what it amends and what founded it',
    });
  }
  const previous = given === null ? null : octets('previous', given, DIGEST_BYTES);
  const founding = origin === null ? null : octets('founding', origin, DIGEST_BYTES);
  const members = array('members', fields.get(4), { most: 256 }).map(decodeMember);
  const terms = decodeTerms(fields);
  check(terms, members);
  checkRootKeys(members);
  const digest = sha256(raw);
  return {
    raw,
    digest,
    version,
    previous,
    founding,
    mechanism: founding ?? digest,
    members,
    terms,
    channels: [directoryChannel(members.length), ...terms.channels],
    banner: terms.exercise ? EXERCISE_BANNER : null,
  };
}

/** Refuse a charter that does not amend `current`: charter.amendment, naming the field. */
export function checkAmendment(current: Charter, amended: Charter): void {
  if (amended.founding === null || !equal(amended.founding, current.mechanism)) {
    throw notAmending('founding', 'belongs to another mechanism');
  }
  if (amended.previous === null || !equal(amended.previous, current.digest)) {
    throw notAmending('previous', 'amends another charter than the one in force');
  }
  if (amended.version <= current.version) throw notAmending('version', `must be above ${current.version}`);
  if (amended.terms.exercise !== current.terms.exercise) {
    throw notAmending('exercise', 'an exercise stays one, and acts of states stay that');
  }
  if (!current.members.every((member, ordinal) => amended.members[ordinal]?.code === member.code)) {
    throw notAmending('members', 'members keep their codes and their places; new ones come after them');
  }
}

function checkRootKeys(members: readonly Member[]): void {
  if (new Set(members.map((member) => member.rootKey.kidHex)).size !== members.length) {
    throw new BadInput('charter.root-key', 'two members have one root key', {
      field: 'members',
      rule: 'each member makes its own',
    });
  }
}

function directoryChannel(count: number): Channel {
  const everyone = 2 ** count - 1;
  return {
    index: DIRECTORY_CHANNEL,
    name: DIRECTORY_CHANNEL_NAME,
    title: DIRECTORY_CHANNEL_NAME,
    content: everyone,
    statement: everyone,
    addressedOnly: false,
  };
}

function decodeMember(value: CborValue, ordinal: number): Member {
  const path = `members[${ordinal}]`;
  const [code, name, role, rootKey, languages] = array(path, value, { count: 5 });
  return {
    ordinal,
    code: text(`${path}.code`, code),
    name: text(`${path}.name`, name),
    role: integer(`${path}.role`, role, { most: ROLES.length - 1 }) as Role,
    languages: array(`${path}.languages`, languages).map((one) => text(`${path}.languages`, one)),
    rootKey: VerifyKey.from(octets(`${path}.root_key`, rootKey, 32)),
  };
}

function notAmending(field: string, reason: string): BadInput {
  return new BadInput('charter.amendment', reason, { field });
}
