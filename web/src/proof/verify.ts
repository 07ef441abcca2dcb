// Verifying a proof file in the browser: bytes in, a report out. Relies on nothing but the bytes. The steps are those of
// `parley.proof.verify`, and the report is the same; where one fails, the next are not taken and nothing is proven:
//
// 1. the file is in its one form, within its bounds;
// 2. every charter bears every root signature it needs, and the mechanism is the one expected, where one is;
// 3. every log's entries decode, and its directory chain is whole and folds from entry 0 (`chain`);
// 4. every checkpoint is signed by the node that this chain certifies (`heads`);
// 5. every entry is in its checkpoint's tree, and what entries claim to have seen is one history with the checkpoints;
// 6. statement and content are those that the entry commits to;
// 7. each receipt covers the statement's place, in this very history (`claims`);
// 8. the statement is judged as every node judges it: it counts, or is recorded but void.

import { judge, neededKey } from '../charter/admission';
import { decodeSigned, type SignedCharter } from '../charter/adoption';
import { isBuiltIn } from '../charter/directoryKinds';
import type { Signer } from '../charter/signers';
import { type Void, voidFor } from '../charter/void';
import { BadInput } from '../crypto/badInput';
import { type Bytes, equal, hex } from '../crypto/bytes';
import { verify1 } from '../crypto/cose';
import { sha256 } from '../crypto/hash';
import { type ContentFields, contentDigest, decodeContent } from '../record/content';
import type { Entry } from '../record/entry';
import { parseStatement, type Statement } from '../record/statement';
import { decodeProof, type LogPart, type ProofFile } from './bundle';
import { CHARTER_BACK, type Chain, fold, holds, judgeOffChain } from './chain';
import { CharterLine } from './charters';
import { checkClaim, holding, sightings } from './claims';
import type { Cosigned, Facts, Forked, Head } from './facts';
import * as findings from './findings';
import { checkFurther, checkHead, checkInclusion } from './heads';
import { all, type Finding, finding, Unproven, type VerificationReport } from './report';

const MALFORMED = voidFor('statement.malformed', 'the statement is not in the form every statement must have');

/** What the proof file `data` proves. `expected`: digest of the mechanism that the reader relies on, learned elsewhere. */
export async function verify(data: Uint8Array, expected: Uint8Array | null = null): Promise<VerificationReport> {
  let proof: ProofFile;
  let signed: readonly SignedCharter[];
  try {
    proof = decodeProof(data);
    signed = proof.charters.map(decodeSigned);
  } catch (fault) {
    return refused(Unproven.because('file.malformed', fault).findings);
  }
  const banner = signed.find((one) => one.charter.banner)?.charter.banner ?? null;
  const mechanism = signed[0] ? hex(signed[0].charter.digest) : '';
  let reference = '';
  try {
    const line = await charterLine(signed, expected);
    reference = line.reference(proof.log, proof.seq);
    const facts = await gather(proof, line, expected !== null);
    return {
      verdict: facts.void ? 'recorded-but-void' : 'proven',
      banner,
      mechanism,
      reference,
      proven: [...findings.proven(facts)],
      untold: [...findings.untold(facts)],
      failed: [],
      content: readable(facts.content),
    };
  } catch (fault) {
    if (!(fault instanceof Unproven)) throw fault;
    return refused(fault.findings, banner, mechanism, reference);
  }
}

function refused(
  failed: readonly Finding[],
  banner: string | null = null,
  mechanism = '',
  reference = '',
): VerificationReport {
  return { verdict: 'not-proven', banner, mechanism, reference, proven: [], untold: [], failed, content: null };
}

async function charterLine(signed: readonly SignedCharter[], expected: Uint8Array | null): Promise<CharterLine> {
  let line: CharterLine;
  try {
    line = await CharterLine.verified(signed);
  } catch (fault) {
    throw Unproven.because('charter.refused', fault);
  }
  if (expected && !equal(line.mechanism, expected)) {
    throw Unproven.of('mechanism.other', { digest: hex(line.mechanism), expected: hex(expected) });
  }
  return line;
}

async function gather(proof: ProofFile, line: CharterLine, anchored: boolean): Promise<Facts> {
  const parts = proof.logs;
  const unknown = parts.map((part) => part.log).filter((log) => !line.owner(log));
  if (unknown.length === 0 && !parts.some((part) => part.log === proof.log)) unknown.push(proof.log);
  if (unknown.length > 0) throw new Unproven(...unknown.map((log) => finding('log.unknown', { log: line.name(log) })));

  const chains = byLog(await all(parts, (part) => fold(line, part.log, part.leaves)));
  const heads = new Map<number, Head>();
  await all(parts, async (part) => heads.set(part.log, await checkHead(line, chains, part)));
  await all(parts, (part) => checkInclusion(line, part, got(heads, part.log)));
  await all(parts, (part) => checkNothingMore(line, proof, part, got(chains, part.log)));
  await all(proof.claims, (claim) => checkClaim(line, chains, heads, claim));
  const further = await all(proof.further, (one) => checkFurther(line, chains, heads, one));

  const chain = got(chains, proof.log);
  const { entry, statement, content } = spoken(line, proof, chain);
  const charter = line.version(entry.charterVersion);
  if (!charter) throw new Error('that every charter named is there was checked');
  const seen = [...heads.values()].flatMap((head) => head.cosigned);
  return {
    line,
    chains,
    heads,
    log: proof.log,
    entry,
    charter,
    chain,
    head: got(heads, proof.log),
    statement,
    void: statement ? await judgeSpoken(line, chain, entry, statement, content) : MALFORMED,
    signer: statement ? await signerOf(chain, entry, statement) : null,
    content,
    holdings: await all(proof.receipts, (receipt) => holding(line, chains, proof, receipt)),
    sightings: sightings(line, chains, proof),
    cosigned: [...seen, ...further.filter(isCosigned).flat()],
    forks: further.filter((found): found is Forked => !isCosigned(found)),
    anchored,
  };
}

interface Spoken {
  readonly entry: Entry;
  readonly statement: Statement | null;
  readonly content: Bytes | null;
}

/** The statement's entry, the statement if it is one in form, and the content if the file holds it. */
function spoken(line: CharterLine, proof: ProofFile, chain: Chain): Spoken {
  const reference = line.reference(proof.log, proof.seq);
  const leaf = proof.logs.find((part) => part.log === proof.log)?.leaves.find((one) => one.seq === proof.seq);
  const entry = chain.entries.get(proof.seq);
  if (!leaf?.statement || !entry) throw Unproven.of('statement.missing', { reference });
  if (!(entry.body instanceof Uint8Array) || !equal(sha256(leaf.statement), entry.body)) {
    throw Unproven.of('statement.other', { reference });
  }
  let statement: Statement;
  try {
    statement = parseStatement(leaf.statement);
  } catch (fault) {
    if (!(fault instanceof BadInput)) throw fault;
    if (leaf.content) throw Unproven.of('content.other', { reference });
    return { entry, statement: null, content: null };
  }
  if (leaf.content && !equal(contentDigest(leaf.content), statement.fields.contentDigest)) {
    throw Unproven.of('content.other', { reference });
  }
  return { entry, statement, content: leaf.content };
}

/** Statements and contents are there only where they prove something: nothing unread travels in a proof. */
function checkNothingMore(line: CharterLine, proof: ProofFile, part: LogPart, chain: Chain): void {
  for (const leaf of part.leaves) {
    const needed =
      (part.log === proof.log && leaf.seq === proof.seq) ||
      holds(chain, leaf.seq) ||
      (leaf.seq === chain.last && chain.lastVoid !== null);
    if (!needed && (leaf.statement || leaf.content)) {
      throw Unproven.of('leaf.superfluous', { reference: line.reference(part.log, leaf.seq) });
    }
  }
}

/** Why the statement moves nothing, by the rules of admission and of the directory. */
async function judgeSpoken(
  line: CharterLine,
  chain: Chain,
  entry: Entry,
  statement: Statement,
  content: Bytes | null,
): Promise<Void | null> {
  const charter = line.version(entry.charterVersion);
  if (!charter) throw new Error('that every charter named is there was checked');
  if (chain.behind.has(entry.seq)) return CHARTER_BACK;
  if (!isBuiltIn(statement.fields.kind)) return judge(charter, chain.directory, entry, statement, content);
  if (holds(chain, entry.seq)) return null;
  const reference = line.reference(chain.log, entry.seq);
  if (!content) throw Unproven.of('chain.withheld', { reference });
  if (entry.seq === chain.last) return chain.lastVoid;
  const wrong = await judgeOffChain(line, chain, entry, statement, content);
  if (!wrong) throw Unproven.of('chain.passed-over', { reference });
  return wrong;
}

/** Who validly signed, by the author's directory at that place. */
async function signerOf(chain: Chain, entry: Entry, statement: Statement): Promise<Signer | null> {
  const key = neededKey(chain.directory, entry.seq, statement);
  if (!key || !(await verify1(statement.sign1, key))) return null;
  return chain.directory.signerAt(statement.fields.kid, entry.seq);
}

function readable(content: Bytes | null): ContentFields | null {
  if (!content) return null;
  try {
    return decodeContent(content);
  } catch (fault) {
    if (fault instanceof BadInput) return null;
    throw fault;
  }
}

const isCosigned = (found: readonly Cosigned[] | Forked): found is readonly Cosigned[] => Array.isArray(found);

function byLog<Part extends { readonly log: number }>(parts: readonly Part[]): ReadonlyMap<number, Part> {
  return new Map(parts.map((part) => [part.log, part]));
}

function got<Value>(map: ReadonlyMap<number, Value>, log: number): Value {
  const value = map.get(log);
  if (value === undefined) throw new Error(`no log ${log}`);
  return value;
}
