// Statement: what an officer signs. COSE_Sign1 (RFC 9052), tag 18, empty unprotected header, payload = SHA-256 of the
// content (hash envelope, RFC 9995). Protected header: 1 alg, 4 kid, 15 CWT claims {1 iss, 2 sub, 6 iat, 7 cti}, 16 typ,
// 258/259 hash envelope, and one private label holding the array of Parley's own fields.
//
// A statement's identity is SHA-256 of its complete bytes; SHA-256 of what was signed only recognises repeats.

import { BadInput } from '../crypto/badInput';
import { type Bytes, characters } from '../crypto/bytes';
import type { CborKey, CborValue } from '../crypto/cbor';
import { ALG_ED25519, CONTENT_FORMAT_CBOR, parse1, SHA256_ALG, type Sign, type Sign1, sign1 } from '../crypto/cose';
import { DIGEST_BYTES, sha256 } from '../crypto/hash';
import { KID_BYTES } from '../crypto/publicKeys';
import type { MemberSet } from './ids';

export const STATEMENT_TYPE = 'application/parley-statement+cose';
export const PARLEY_LABEL = -65537;
export const MAX_STATEMENT_BYTES = 4096;
export const MAX_CONTENT_BYTES = 64 * 1024;
export const NONCE_BYTES = 16;
const MAX_REPLIES = 32;
const MAX_ATTACHMENTS = 16;
const LABELS = [1, 4, 15, 16, 258, 259, PARLEY_LABEL];

const ISSUER = '[A-Z][A-Z0-9]{1,7}/[a-z0-9][a-z0-9-]{0,31}';
const KIND = '[a-z][a-z0-9-]{0,23}(\\.[a-z][a-z0-9-]{0,23})?';
const CASE = '[A-Z][A-Z0-9]{1,7} (0|[1-9][0-9]{0,15})';

/** Precedences by number; how fast it must reach a human. FLASH is first everywhere. */
export const PRECEDENCES = ['ROUTINE', 'PRIORITY', 'IMMEDIATE', 'FLASH'] as const;
export type Precedence = 0 | 1 | 2 | 3;

/** What the signer says of a content. `issuer` is `CODE/position`, a pseudonym; `caseRef` null where it opens a case. */
export interface StatementFields {
  readonly kid: Bytes;
  readonly issuer: string;
  readonly caseRef: string | null;
  readonly issuedAtS: number;
  readonly nonce: Bytes;
  readonly mechanism: Bytes;
  readonly kind: string;
  readonly kindVersion: number;
  readonly channel: number;
  readonly precedence: Precedence;
  readonly addressees: MemberSet;
  readonly repliesTo: readonly Bytes[];
  readonly mandate: string;
  readonly marking: string;
  readonly contentDigest: Bytes;
  readonly contentBytes: number;
  readonly attachments: readonly Bytes[];
}

/** A parsed statement; its signature is not yet verified. */
export interface Statement {
  readonly fields: StatementFields;
  readonly raw: Bytes;
  readonly sign1: Sign1;
  readonly digest: Bytes;
}

/** The COSE protected header that `fields` give. */
export function protectedHeader(fields: StatementFields): Map<CborKey, CborValue> {
  const claims = new Map<CborKey, CborValue>([[1, fields.issuer]]);
  if (fields.caseRef !== null) claims.set(2, fields.caseRef);
  claims.set(6, fields.issuedAtS).set(7, fields.nonce);
  return new Map<CborKey, CborValue>([
    [1, ALG_ED25519],
    [4, fields.kid],
    [15, claims],
    [16, STATEMENT_TYPE],
    [258, SHA256_ALG],
    [259, CONTENT_FORMAT_CBOR],
    [
      PARLEY_LABEL,
      [
        fields.mechanism,
        fields.kind,
        fields.kindVersion,
        fields.channel,
        fields.precedence,
        fields.addressees,
        fields.repliesTo,
        fields.mandate,
        fields.marking,
        fields.contentBytes,
        fields.attachments,
      ],
    ],
  ]);
}

/** The complete COSE_Sign1 of `fields`. What was made is read again, so that nothing leaves here that a node refuses. */
export async function signStatement(fields: StatementFields, sign: Sign): Promise<Bytes> {
  const raw = await sign1(sign, protectedHeader(fields), fields.contentDigest);
  parseStatement(raw);
  return raw;
}

/** Parse and check the form of a statement. Throws BadInput: statement.*, cose.* or cbor.*, naming the field. */
export function parseStatement(raw: Uint8Array): Statement {
  const signed = parse1(raw, MAX_STATEMENT_BYTES);
  const { header } = signed;
  if (header.size !== LABELS.length || !LABELS.every((label) => header.has(label))) {
    throw bad('protected', 'labels must be exactly 1, 4, 15, 16, 258, 259 and the private one');
  }
  if (header.get(16) !== STATEMENT_TYPE) throw bad('typ', `must be ${STATEMENT_TYPE}`);
  if (header.get(258) !== SHA256_ALG || header.get(259) !== CONTENT_FORMAT_CBOR) {
    throw bad('hash-envelope', 'must be SHA-256 of application/cbor');
  }
  const claims = header.get(15);
  if (!(claims instanceof Map) || !hasClaims(claims)) throw bad('claims', 'must be iss, iat, cti and at most sub');
  const own = header.get(PARLEY_LABEL);
  if (!Array.isArray(own) || own.length !== 11) throw bad('fields', 'must be an array of 11');
  const [mechanism, kind, version, channel, precedence, addressees, replies, mandate, marking, length, attached] =
    own as readonly CborValue[];
  const fields: StatementFields = {
    kid: octets('kid', header.get(4), KID_BYTES),
    issuer: matching('iss', claims.get(1), ISSUER),
    caseRef: claims.has(2) && claims.get(2) !== null ? matching('sub', claims.get(2), CASE) : null,
    issuedAtS: integer('iat', claims.get(6), 2 ** 40),
    nonce: octets('cti', claims.get(7), NONCE_BYTES),
    mechanism: octets('mechanism', mechanism, DIGEST_BYTES),
    kind: matching('kind', kind, KIND),
    kindVersion: integer('kind_version', version, 1 << 16),
    channel: integer('channel', channel, 1 << 8),
    precedence: integer('precedence', precedence, PRECEDENCES.length) as Precedence,
    addressees: integer('addressees', addressees, 2 ** 32),
    repliesTo: array('replies_to', replies, MAX_REPLIES).map((one) => octets('replies_to', one, DIGEST_BYTES)),
    mandate: text('mandate', mandate, 32),
    marking: text('marking', marking, 128),
    contentDigest: octets('payload', signed.payload, DIGEST_BYTES),
    contentBytes: integer('content_bytes', length, MAX_CONTENT_BYTES + 1),
    attachments: array('attachments', attached, MAX_ATTACHMENTS).map((one) => octets('attachments', one, DIGEST_BYTES)),
  };
  return { fields, raw: new Uint8Array(raw), sign1: signed, digest: sha256(raw) };
}

function hasClaims(claims: ReadonlyMap<CborKey, CborValue>): boolean {
  return [1, 6, 7].every((label) => claims.has(label)) && claims.size === (claims.has(2) ? 4 : 3);
}

function bad(field: string, reason: string): BadInput {
  return new BadInput(`statement.${field.replaceAll('_', '-')}`, reason, { field });
}

function octets(field: string, value: CborValue | undefined, length: number): Bytes {
  if (!(value instanceof Uint8Array) || value.length !== length) throw bad(field, `must be ${length} bytes`);
  return new Uint8Array(value);
}

function integer(field: string, value: CborValue | undefined, limit: number): number {
  if (typeof value !== 'number' || value < 0 || value >= limit) {
    throw bad(field, `must be an integer from 0 to ${limit - 1}`);
  }
  return value;
}

function text(field: string, value: CborValue | undefined, limit: number): string {
  if (typeof value !== 'string' || characters(value) > limit) {
    throw bad(field, `must be text of at most ${limit} characters`);
  }
  return value;
}

function matching(field: string, value: CborValue | undefined, pattern: string): string {
  if (typeof value !== 'string' || !new RegExp(`^(${pattern})$`).test(value)) throw bad(field, `must match ${pattern}`);
  return value;
}

function array(field: string, value: CborValue | undefined, limit: number): readonly CborValue[] {
  if (!Array.isArray(value) || value.length > limit) throw bad(field, `must be an array of at most ${limit}`);
  return value as readonly CborValue[];
}
