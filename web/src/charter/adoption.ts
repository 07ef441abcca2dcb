// Adoption: a charter with its members' root signatures. Each is a COSE_Sign1 over the charter's digest by the member's
// root key, with `CODE/root` as issuer and a type of its own. A founding charter needs all its members' signatures; an
// amendment those of all members of the charter it amends, with the root keys that charter gives them.
// File: deterministic CBOR ["parley charter", 1, charter bytes, {ordinal: COSE_Sign1}].

import { BadInput } from '../crypto/badInput';
import { type Bytes, equal } from '../crypto/bytes';
import { type CborKey, type CborValue, decode, encode } from '../crypto/cbor';
import { ALG_ED25519, CONTENT_FORMAT_CBOR, parse1, SHA256_ALG, type Sign1, verify1 } from '../crypto/cose';
import type { VerifyKey } from '../crypto/publicKeys';
import { MAX_MEMBERS } from '../record/ids';
import { type Charter, checkAmendment, decodeCharter, MAX_CHARTER_BYTES } from './charter';
import { integer, mapping, someOctets } from './shapes';

const CHARTER_TYPE = 'application/parley-charter+cose';
const FILE_TITLE = 'parley charter';
const FILE_VERSION = 1;
export const MAX_SIGNATURE_BYTES = 512;
export const MAX_CHARTER_FILE_BYTES = MAX_CHARTER_BYTES + MAX_MEMBERS * (MAX_SIGNATURE_BYTES + 8) + 64;

/** A charter and the signatures it has, by ordinal. Nothing is verified until `verifySigned`. */
export interface SignedCharter {
  readonly charter: Charter;
  readonly signatures: ReadonlyMap<number, Bytes>;
}

export function decodeSigned(raw: Uint8Array): SignedCharter {
  const parts = decode(raw, { maxBytes: MAX_CHARTER_FILE_BYTES, maxDepth: 3 });
  const [title, version, bytes, given] = Array.isArray(parts) ? (parts as readonly CborValue[]) : [];
  if (!Array.isArray(parts) || parts.length !== 4 || title !== FILE_TITLE || version !== FILE_VERSION) {
    throw new BadInput('charter.file', 'is not a signed charter of this version', { field: 'file' });
  }
  const charter = decodeCharter(someOctets('charter', bytes, MAX_CHARTER_BYTES));
  const signatures = new Map<number, Bytes>();
  for (const [ordinal, signature] of mapping('signatures', given)) {
    const of = integer('signatures', ordinal, { most: charter.members.length - 1 });
    signatures.set(of, someOctets('signatures', signature, MAX_SIGNATURE_BYTES));
  }
  return { charter, signatures };
}

/** Check every signature, and that none is missing. `previous` is the charter amended, null for a founding one. */
export async function verifySigned({ charter, signatures }: SignedCharter, previous: Charter | null): Promise<void> {
  if ((previous === null) !== (charter.founding === null)) {
    throw new BadInput('charter.amendment', 'is an amendment and needs the charter it amends, or the reverse', {
      field: 'previous',
    });
  }
  if (previous !== null) checkAmendment(previous, charter);
  for (const [ordinal, raw] of signatures) {
    const key = previous?.members[ordinal]?.rootKey ?? charter.members[ordinal]?.rootKey;
    if (!key || !(await signs(charter, ordinal, raw, key))) {
      throw new BadInput('charter.signature', `the signature of ${charter.members[ordinal]?.code} is wrong`, {
        field: `signatures[${ordinal}]`,
        rule: 'a root signature of this very charter',
      });
    }
  }
  const missing = (previous ?? charter).members.filter((member) => !signatures.has(member.ordinal));
  if (missing.length > 0) {
    throw new BadInput('charter.not-adopted', `not signed by ${missing.map((member) => member.code).join(', ')}`, {
      field: 'signatures',
      rule: 'every member signs with its root key',
    });
  }
}

/** Whether `raw` is the signature of `charter` by member `ordinal` with `key`, to the last header field. */
export async function signs(charter: Charter, ordinal: number, raw: Uint8Array, key: VerifyKey): Promise<boolean> {
  const member = charter.members[ordinal];
  let signed: Sign1;
  try {
    signed = parse1(raw, MAX_SIGNATURE_BYTES);
  } catch (fault) {
    if (fault instanceof BadInput) return false;
    throw fault;
  }
  if (!member || !equal(signed.payload, charter.digest)) return false;
  const wanted = new Map<CborKey, CborValue>([
    [1, ALG_ED25519],
    [4, key.kid],
    [15, new Map<CborKey, CborValue>([[1, `${member.code}/root`]])],
    [16, CHARTER_TYPE],
    [258, SHA256_ALG],
    [259, CONTENT_FORMAT_CBOR],
  ]);
  return equal(signed.protectedRaw, encode(wanted)) && verify1(signed, key);
}
