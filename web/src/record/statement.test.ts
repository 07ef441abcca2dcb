import { describe, expect, it } from 'vitest';
import { fromHex, hex } from '../crypto/bytes';
import { verify1 } from '../crypto/cose';
import { VerifyKey } from '../crypto/publicKeys';
import { signerOf, type Told, valueTold } from '../vectors/read';
import given from '../vectors/statements.json';
import { type ContentFields, contentDigest, decodeContent, encodeContent } from './content';
import { type Precedence, parseStatement, type StatementFields, signStatement } from './statement';

const vectors = given.map((one) => ({
  ...one,
  said: valueTold(one.said as unknown as Told) as ContentFields,
  fields: {
    ...one.fields,
    precedence: one.fields.precedence as Precedence,
    kid: fromHex(one.fields.kid),
    nonce: fromHex(one.fields.nonce),
    mechanism: fromHex(one.fields.mechanism),
    repliesTo: one.fields.repliesTo.map(fromHex),
    contentDigest: fromHex(one.fields.contentDigest),
    attachments: one.fields.attachments.map(fromHex),
  } satisfies StatementFields,
}));

describe('a content', () => {
  it('is encoded as the node does, and read back without its salt', () => {
    for (const one of vectors) {
      const raw = encodeContent(one.said, fromHex(one.salt));
      expect(hex(raw)).toBe(one.content);
      expect(hex(contentDigest(raw))).toBe(hex(one.fields.contentDigest));
      expect(new Set(decodeContent(raw).keys())).toEqual(new Set(one.said.keys()));
    }
  });

  it('never names its salt among its fields, and is at most 64 KiB', () => {
    expect(() => encodeContent(new Map([['salt', 1]]), new Uint8Array(16))).toThrow('content.salt');
    expect(() => encodeContent(new Map(), new Uint8Array(15))).toThrow('content.salt');
    expect(() => encodeContent(new Map([['text', 'x'.repeat(65536)]]), new Uint8Array(16))).toThrow(
      'content.oversized',
    );
  });
});

describe('a statement', () => {
  it("signed here is the node's, byte for byte", async () => {
    for (const one of vectors) {
      const raw = await signStatement(one.fields, await signerOf(one.seed));
      expect(hex(raw)).toBe(one.statement);
    }
  });

  it('signed by the node is read and verified here', async () => {
    for (const one of vectors) {
      const statement = parseStatement(fromHex(one.statement));
      expect(statement.fields).toEqual(one.fields);
      expect(hex(statement.digest)).toBe(one.digest);
      const key = VerifyKey.from(await publicKey(one.seed));
      expect(await verify1(statement.sign1, key)).toBe(true);
      const other = { ...statement.sign1, payload: new Uint8Array(32) };
      expect(await verify1(other, key)).toBe(false);
    }
  });

  it.each<[string, Partial<StatementFields>]>([
    ['statement.iss', { issuer: 'AAA' }],
    ['statement.sub', { caseRef: 'AAA 042' }],
    ['statement.kind', { kind: 'Message' }],
    ['statement.iat', { issuedAtS: 2 ** 40 }],
    ['statement.addressees', { addressees: 2 ** 32 }],
    ['statement.mandate', { mandate: 'x'.repeat(33) }],
    ['statement.kid', { kid: new Uint8Array(7) }],
    ['statement.cti', { nonce: new Uint8Array(15) }],
    ['statement.replies-to', { repliesTo: [new Uint8Array(31)] }],
  ])('that a node would refuse (%s) is not signed here', async (code, change) => {
    const one = vectors[0];
    if (!one) throw new Error('no vectors');
    await expect(signStatement({ ...one.fields, ...change }, await signerOf(one.seed))).rejects.toThrow(code);
  });
});

async function publicKey(seed: string): Promise<Uint8Array> {
  const pkcs8 = fromHex(`302e020100300506032b657004220420${seed}`);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { x = '' } = await crypto.subtle.exportKey('jwk', key);
  return Uint8Array.from(atob(x.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));
}
