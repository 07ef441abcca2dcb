// The directory chain of one log: from its latest entry in the proof back to entry 0, folded. Every entry names the place
// of its log's latest directory statement in force before it, so the walk back from any entry meets all of them and
// nothing else. A link that is missing, or void when judged in its place, breaks the chain. What stands after the last
// leaf cannot be told.

import { judge } from '../charter/admission';
import { Directory } from '../charter/directory';
import { type DirectoryContent, decodeFields, isBuiltIn } from '../charter/directoryKinds';
import { type Void, voidBecause, voidFor } from '../charter/void';
import { BadInput } from '../crypto/badInput';
import { type Bytes, equal } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { contentDigest, decodeContent } from '../record/content';
import { decodeEntry, type Entry, receiptRanges } from '../record/entry';
import { logGeneration, logOwner } from '../record/ids';
import { parseStatement, type Statement } from '../record/statement';
import type { Leaf } from './bundle';
import type { CharterLine } from './charters';
import { Unproven } from './report';

export const CHARTER_BACK = voidFor('entry.charter', 'its entry goes back to an earlier version of the charter');

/** A directory statement in force, at its place. */
export interface Link {
  readonly seq: number;
  readonly statement: Statement;
  readonly said: DirectoryContent;
}

/** A log's entries in the proof, and its directory as of the last of them. */
export interface Chain {
  readonly log: number;
  readonly entries: ReadonlyMap<number, Entry>;
  readonly directory: Directory;
  readonly links: readonly Link[];
  readonly last: number;
  /** Entries that go back to an earlier charter than one before them named; they are void. */
  readonly behind: ReadonlySet<number>;
  /** Why the last entry's own directory statement, where there is one, is not a link. */
  readonly lastVoid: Void | null;
}

interface Spoken {
  readonly statement: Statement;
  readonly content: Bytes;
}

export const holds = (chain: Chain, seq: number): boolean => chain.links.some((link) => link.seq === seq);

/** Decode the leaves of a member's log, walk its chain and fold it. Throws Unproven. */
export async function fold(line: CharterLine, log: number, leaves: readonly Leaf[]): Promise<Chain> {
  const held = new Map(leaves.map((leaf) => [leaf.seq, leaf]));
  const entries = new Map(leaves.map((leaf) => [leaf.seq, decoded(line, log, leaf)]));
  checkNames(line, log, entries);
  const behind = goingBack(entries);
  const last = leaves.at(-1)?.seq ?? 0;
  const places = walk(line, log, entries, last);
  const genesis = checkGenesis(line, log, entries);
  const rootKey = line.firstRoot(log, genesis.charterVersion);
  const owner = line.owner(log);
  if (!rootKey || !owner) throw Unproven.of('log.unknown', { log: line.name(log) });
  const directory = new Directory(owner.code, rootKey, line.mechanism, log);
  const links: Link[] = [];
  for (const seq of places) {
    const spoken = spokenAt(line, log, held.get(seq), seq);
    const wrong = behind.has(seq) ? CHARTER_BACK : await apply(line, directory, entries.get(seq), spoken);
    if (wrong) {
      throw Unproven.of('chain.void', { reference: line.reference(log, seq), fault: wrong.code, reason: wrong.reason });
    }
    links.push(linkOf(seq, spoken));
  }
  const spoken = places.includes(last) ? null : lastSpoken(line, log, held.get(last));
  let lastVoid: Void | null = null;
  if (spoken) {
    lastVoid = behind.has(last) ? CHARTER_BACK : await apply(line, directory, entries.get(last), spoken);
    if (!lastVoid) links.push(linkOf(last, spoken));
  }
  return { log, entries, directory, links, last, behind, lastVoid };
}

/** Why a directory statement that stands before the last entry, and is no link, is void; null where it is not. */
export async function judgeOffChain(
  line: CharterLine,
  chain: Chain,
  entry: Entry,
  statement: Statement,
  content: Bytes,
): Promise<Void | null> {
  return apply(line, await chain.directory.prefix(entry.seq), entry, { statement, content });
}

/** Places of the links, earliest first; every entry names one before it, so the walk ends. */
function walk(line: CharterLine, log: number, entries: ReadonlyMap<number, Entry>, last: number): number[] {
  const places: number[] = [];
  for (let seq = last; ; ) {
    const entry = entries.get(seq);
    if (!entry) throw Unproven.of('chain.gap', { reference: line.reference(log, seq) });
    if (entry.directory === 0) break;
    seq = entry.directory;
    places.push(seq);
  }
  if (!entries.has(0)) throw Unproven.of('chain.gap', { reference: line.reference(log, 0) });
  if (logGeneration(log) > 1) places.push(0);
  return places.reverse();
}

function decoded(line: CharterLine, log: number, leaf: Leaf): Entry {
  let entry: Entry;
  try {
    entry = decodeEntry(leaf.entry);
  } catch (fault) {
    throw Unproven.because('entry.malformed', fault, { reference: line.reference(log, leaf.seq) });
  }
  if (entry.seq !== leaf.seq) {
    throw Unproven.of('entry.place', { reference: line.reference(log, leaf.seq), says: entry.seq });
  }
  return entry;
}

/** Every entry names a charter in the file, and a directory statement before it. */
function checkNames(line: CharterLine, log: number, entries: ReadonlyMap<number, Entry>): void {
  for (const [seq, entry] of entries) {
    if (entry.directory >= seq && entry.directory > 0) {
      throw Unproven.of('entry.directory', { reference: line.reference(log, seq) });
    }
    if (!line.version(entry.charterVersion)) {
      throw Unproven.of('charter.missing', { reference: line.reference(log, seq), version: entry.charterVersion });
    }
  }
}

function goingBack(entries: ReadonlyMap<number, Entry>): ReadonlySet<number> {
  const behind = new Set<number>();
  let newest = 0;
  for (const [seq, entry] of entries) {
    if (entry.charterVersion < newest) behind.add(seq);
    newest = Math.max(newest, entry.charterVersion);
  }
  return behind;
}

function checkGenesis(line: CharterLine, log: number, entries: ReadonlyMap<number, Entry>): Entry {
  const genesis = entries.get(0);
  const founded = genesis && !receiptRanges(genesis) && equal(genesis.body as Uint8Array, line.mechanism);
  if (!genesis || (logGeneration(log) === 1 && !founded)) {
    throw Unproven.of('genesis.other', { reference: line.reference(log, 0) });
  }
  return genesis;
}

/** The statement and content of a link, as its entry and its statement commit to them. */
function spokenAt(line: CharterLine, log: number, leaf: Leaf | undefined, seq: number): Spoken {
  const reference = line.reference(log, seq);
  if (!leaf?.statement || !leaf.content) throw Unproven.of('chain.withheld', { reference });
  const { body } = decodeEntry(leaf.entry);
  if (!(body instanceof Uint8Array) || !equal(sha256(leaf.statement), body)) {
    throw Unproven.of('statement.other', { reference });
  }
  let statement: Statement;
  try {
    statement = parseStatement(leaf.statement);
  } catch (fault) {
    throw Unproven.because('statement.malformed', fault, { reference });
  }
  if (!equal(contentDigest(leaf.content), statement.fields.contentDigest)) {
    throw Unproven.of('content.other', { reference });
  }
  return { statement, content: leaf.content };
}

/** The last leaf's directory statement, where it holds one. */
function lastSpoken(line: CharterLine, log: number, leaf: Leaf | undefined): Spoken | null {
  if (!leaf?.statement || !leaf.content) return null;
  try {
    if (!isBuiltIn(parseStatement(leaf.statement).fields.kind)) return null;
  } catch (fault) {
    if (fault instanceof BadInput) return null;
    throw fault;
  }
  return spokenAt(line, log, leaf, leaf.seq);
}

/** Judge and fold a directory statement; the root key is that of the charter its entry names. */
async function apply(
  line: CharterLine,
  directory: Directory,
  entry: Entry | undefined,
  { statement, content }: Spoken,
): Promise<Void | null> {
  const charter = entry && line.version(entry.charterVersion);
  if (!entry || !charter) throw new Error('that every charter named is there was checked');
  if (!isBuiltIn(statement.fields.kind)) return voidFor('directory.kind', 'it is not a directory statement');
  const member = charter.members[logOwner(directory.log)];
  if (member) directory.changeRoot(entry.seq, member.rootKey);
  const wrong = await judge(charter, directory, entry, statement, content);
  if (wrong) return wrong;
  try {
    return await directory.apply(entry.seq, statement, decodeContent(content), charter.terms.onDuty);
  } catch (fault) {
    if (fault instanceof BadInput) return voidBecause(fault);
    throw fault;
  }
}

function linkOf(seq: number, { statement, content }: Spoken): Link {
  const { kind } = statement.fields;
  if (!isBuiltIn(kind)) throw new Error('only built-in kinds are links');
  return { seq, statement, said: decodeFields(kind, decodeContent(content)) };
}
