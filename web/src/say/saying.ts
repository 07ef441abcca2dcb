// Saying: what an officer is about to sign, before it is bytes; and the bytes. What is shown for approval and what is signed
// come from the same `Prepared`, so that an officer sees exactly what the key will sign.

import { fromHex } from '../crypto/bytes';
import type { CborKey, CborValue } from '../crypto/cbor';
import type { OfficerKey } from '../crypto/keys';
import type { NodeClient } from '../data/client';
import type { Floor } from '../data/floor';
import { Problem } from '../data/problem';
import type { Json, JsonFields, PrecedenceName, Recorded, SessionView } from '../data/wire';
import { contentDigest, encodeContent, SALT_BYTES } from '../record/content';
import { NONCE_BYTES, PRECEDENCES, type Precedence, type StatementFields, signStatement } from '../record/statement';

export interface Saying {
  readonly kind: string;
  readonly version: number;
  readonly channel: string;
  /** Reference of the case it moves, null where it opens one. */
  readonly caseRef: string | null;
  readonly precedence: PrecedenceName;
  /** Codes of the members addressed. */
  readonly addressees: readonly string[];
  /** Digests (hex) of the statements it is about, its target first. */
  readonly about: readonly string[];
  readonly mandate: string;
  readonly content: JsonFields;
  /** The plea of an emergency; '' or none where it is said under a mandate that covers it. */
  readonly marking?: string;
}

export interface Prepared {
  readonly saying: Saying;
  readonly fields: StatementFields;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Time and randomness, handed in; drawn once for a saying, so that what is shown stays what is signed. */
export interface Chance {
  readonly nowMs: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
}

const randomBytes = (bytes: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(bytes));
export const drawChance = (nowMs: number): Chance => ({
  nowMs,
  salt: randomBytes(SALT_BYTES),
  nonce: randomBytes(NONCE_BYTES),
});

export function prepare(saying: Saying, session: SessionView, floor: Floor, { nowMs, salt, nonce }: Chance): Prepared {
  const channel = floor.channel(saying.channel);
  if (!channel) throw new Problem({ code: 'page.channel', reason: 'there is no such channel', field: 'channel' });
  const content = encodeContent(contentOf(saying.content), salt);
  return {
    saying,
    content,
    fields: {
      kid: fromHex(session.kid),
      issuer: `${session.member}/${session.position}`,
      caseRef: saying.caseRef,
      issuedAtS: Math.floor(nowMs / 1000),
      nonce,
      mechanism: fromHex(floor.view.mechanism),
      kind: saying.kind,
      kindVersion: saying.version,
      channel: channel.index,
      precedence: PRECEDENCES.indexOf(saying.precedence) as Precedence,
      addressees: memberSet(saying.addressees, floor),
      repliesTo: saying.about.map(fromHex),
      mandate: saying.mandate,
      marking: saying.marking ?? '',
      contentDigest: contentDigest(content),
      contentBytes: content.length,
      attachments: [],
    },
  };
}

/** Sign and hand in; done once the node has it durably. */
export async function send(client: NodeClient, prepared: Prepared, key: OfficerKey): Promise<Recorded> {
  return client.submit(await signStatement(prepared.fields, key.sign), prepared.content);
}

export function contentOf(fields: JsonFields): ReadonlyMap<string, CborValue> {
  return new Map(Object.entries(fields).map(([name, value]) => [name, cborOf(value)]));
}

/** JSON as CBOR: integers only, objects as maps. */
export function cborOf(value: Json): CborValue {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Problem({ code: 'page.number', reason: `${value} is no integer` });
    return value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(cborOf);
  return new Map<CborKey, CborValue>(Object.entries(value).map(([name, item]) => [name, cborOf(item)]));
}

function memberSet(codes: readonly string[], floor: Floor): number {
  return codes.reduce((set, code) => {
    const member = floor.member(code);
    if (!member) throw new Problem({ code: 'page.member', reason: `there is no member ${code}`, field: 'addressees' });
    return set + 2 ** member.ordinal;
  }, 0);
}
