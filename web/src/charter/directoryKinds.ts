// The kinds built into every charter, all version 1, on channel 0, seen whole by every member:
// directory.node, directory.registrar, charter.assent, log.reopen (signed by root), directory.enrol, directory.mandate
// (by a registrar), directory.revoke (by either). Contents are maps with the field names below as text keys; an optional
// field that is absent is left out. An enrolled key proves its possession: it signs `possessionMessage`.

import { BadInput } from '../crypto/badInput';
import { type Bytes, compare, utf8 } from '../crypto/bytes';
import { type CborValue, encode } from '../crypto/cbor';
import { DIGEST_BYTES } from '../crypto/hash';
import { KEY_BYTES, KID_BYTES, PQ_KEY_BYTES, SEAL_KEY_BYTES, SIGNATURE_BYTES } from '../crypto/publicKeys';
import { pythonQuoted } from '../crypto/quoted';
import type { ContentFields } from '../record/content';
import { MAX_SIGNATURE_BYTES } from './adoption';
import { MAX_CHARTER_BYTES, MAX_VERSION } from './charter';
import { array, integer, octets, someOctets, text } from './shapes';
import { MAX_MANDATES } from './termsRules';

export const ROOT_POSITION = 'root';
const POSSESSION_DOMAIN = "parley possession of an officer's key, version 1";
const MAX_CERTIFICATE_BYTES = 4096;
const MAX_REASON_CHARS = 400;
const MAX_ORIGIN_CHARS = 64;
const POSITION = /^[a-z0-9][a-z0-9-]{0,31}$/;
const MANDATE = /^[a-z][a-z0-9-]{0,23}$/;

export interface NodeCertificate {
  readonly kind: 'directory.node';
  readonly logKey: Bytes;
  readonly pqKey: Bytes;
  readonly sealKey: Bytes;
  readonly tlsCertificate: Bytes;
}

export interface RegistrarGrant {
  readonly kind: 'directory.registrar';
  readonly position: string;
  readonly key: Bytes;
}

/** `replaces`: kid of the key that held the position until here. */
export interface Enrolment {
  readonly kind: 'directory.enrol';
  readonly position: string;
  readonly key: Bytes;
  readonly possession: Bytes;
  readonly mandates: readonly string[];
  readonly replaces: Bytes | null;
}

export interface Revocation {
  readonly kind: 'directory.revoke';
  readonly kid: Bytes;
  readonly reason: string;
  readonly compromisedSinceMs: number | null;
}

export interface MandateChange {
  readonly kind: 'directory.mandate';
  readonly kid: Bytes;
  readonly mandates: readonly string[];
}

export interface CharterAssent {
  readonly kind: 'charter.assent';
  readonly version: number;
  readonly charter: Bytes;
  readonly signature: Bytes;
}

export interface Reopening {
  readonly kind: 'log.reopen';
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  readonly reason: string;
}

export type DirectoryContent =
  | NodeCertificate
  | RegistrarGrant
  | Enrolment
  | Revocation
  | MandateChange
  | CharterAssent
  | Reopening;
export type BuiltInKind = DirectoryContent['kind'];

/** What a key being enrolled signs to prove that its holder has it. */
export function possessionMessage(mechanism: Uint8Array, code: string, position: string, key: Uint8Array): Bytes {
  return encode([POSSESSION_DOMAIN, mechanism, code, position, key]);
}

export function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(DECODERS, kind);
}

/** The typed content of a built-in kind. Throws BadInput: directory.content or cbor.type, naming the field. */
export function decodeFields(kind: BuiltInKind, given: ContentFields): DirectoryContent {
  return DECODERS[kind](given);
}

const DECODERS: { readonly [Kind in BuiltInKind]: (given: ContentFields) => DirectoryContent } = {
  'directory.node': (given) => {
    exactly(given, ['log_key', 'pq_key', 'seal_key', 'tls_certificate']);
    return {
      kind: 'directory.node',
      logKey: octets('log_key', given.get('log_key'), KEY_BYTES),
      pqKey: octets('pq_key', given.get('pq_key'), PQ_KEY_BYTES),
      sealKey: octets('seal_key', given.get('seal_key'), SEAL_KEY_BYTES),
      tlsCertificate: someOctets('tls_certificate', given.get('tls_certificate'), MAX_CERTIFICATE_BYTES),
    };
  },
  'directory.registrar': (given) => {
    exactly(given, ['position', 'key']);
    return {
      kind: 'directory.registrar',
      position: position(given.get('position')),
      key: octets('key', given.get('key'), KEY_BYTES),
    };
  },
  'directory.enrol': (given) => {
    exactly(given, ['position', 'key', 'possession', 'mandates'], ['replaces']);
    return {
      kind: 'directory.enrol',
      position: position(given.get('position')),
      key: octets('key', given.get('key'), KEY_BYTES),
      possession: octets('possession', given.get('possession'), SIGNATURE_BYTES),
      mandates: mandates(given.get('mandates')),
      replaces: given.has('replaces') ? octets('replaces', given.get('replaces'), KID_BYTES) : null,
    };
  },
  'directory.revoke': (given) => {
    exactly(given, ['kid', 'reason'], ['compromised_since_ms']);
    return {
      kind: 'directory.revoke',
      kid: octets('kid', given.get('kid'), KID_BYTES),
      reason: text('reason', given.get('reason'), { most: MAX_REASON_CHARS }),
      compromisedSinceMs: given.has('compromised_since_ms')
        ? integer('compromised_since_ms', given.get('compromised_since_ms'))
        : null,
    };
  },
  'directory.mandate': (given) => {
    exactly(given, ['kid', 'mandates']);
    return {
      kind: 'directory.mandate',
      kid: octets('kid', given.get('kid'), KID_BYTES),
      mandates: mandates(given.get('mandates')),
    };
  },
  'charter.assent': (given) => {
    exactly(given, ['version', 'charter', 'signature']);
    return {
      kind: 'charter.assent',
      version: integer('version', given.get('version'), { least: 2, most: MAX_VERSION }),
      charter: someOctets('charter', given.get('charter'), MAX_CHARTER_BYTES),
      signature: someOctets('signature', given.get('signature'), MAX_SIGNATURE_BYTES),
    };
  },
  'log.reopen': (given) => {
    exactly(given, ['origin', 'size', 'root', 'reason']);
    return {
      kind: 'log.reopen',
      origin: text('origin', given.get('origin'), { most: MAX_ORIGIN_CHARS }),
      size: integer('size', given.get('size'), { least: 1 }),
      root: octets('root', given.get('root'), DIGEST_BYTES),
      reason: text('reason', given.get('reason'), { most: MAX_REASON_CHARS }),
    };
  },
};

function exactly(given: ContentFields, required: readonly string[], optional: readonly string[] = []): void {
  const missing = first(required.filter((name) => !given.has(name)));
  if (missing !== undefined) throw new BadInput('directory.content', 'is missing', { field: missing });
  const strange = first([...given.keys()].filter((name) => !required.includes(name) && !optional.includes(name)));
  if (strange !== undefined) {
    throw new BadInput('directory.content', 'is not a field of this kind', { field: strange });
  }
}

/** The first in the order of code points, which is that of the bytes. */
function first(names: readonly string[]): string | undefined {
  return names.toSorted((left, right) => compare(utf8(left), utf8(right)))[0];
}

function position(value: CborValue | undefined): string {
  const given = text('position', value);
  if (given === ROOT_POSITION || !POSITION.test(given)) {
    throw new BadInput('directory.content', `${pythonQuoted(Array.from(given).slice(0, 40).join(''))} is not allowed`, {
      field: 'position',
      rule: 'a pseudonym of small letters, digits and hyphens, such as duty-2',
    });
  }
  return given;
}

function mandates(value: CborValue | undefined): readonly string[] {
  const names = array('mandates', value, { most: MAX_MANDATES }).map((item) => text('mandates', item));
  if (new Set(names).size !== names.length || !names.every((name) => MANDATE.test(name))) {
    throw new BadInput('directory.content', 'must be names of mandates, each once', { field: 'mandates' });
  }
  return names;
}
