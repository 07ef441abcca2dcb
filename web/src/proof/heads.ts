// Checkpoints of a proof file: whose node signed them, and that every entry is in their tree. A checkpoint is signed by
// the node key in force at its size; cosignatures are by nodes of logs in the file. C2SP lets a reader pass over lines of
// unknown keys; here they are refused, so that no byte of a file lacks a meaning.

import { equal } from '../crypto/bytes';
import { plain } from '../crypto/cbor';
import { cosignatureTime, cosignerKey, headKey, openCheckpoint, parseCheckpoint } from '../record/checkpoint';
import { leafHash, verifyInclusion } from '../record/merkle';
import { lineOf, type NoteKey, type NoteSignature, parseNote } from '../record/note';
import type { Further, LogPart } from './bundle';
import type { Chain } from './chain';
import type { CharterLine } from './charters';
import { type Cosigned, type Forked, type Head, isOneHistory } from './facts';
import { Unproven } from './report';

type Chains = ReadonlyMap<number, Chain>;

/** The verified checkpoint of one log. */
export async function checkHead(line: CharterLine, chains: Chains, part: LogPart): Promise<Head> {
  const [name, origin] = [line.name(part.log), line.origin(part.log)];
  const size = readSize(name, part.note);
  const keys = chains.get(part.log)?.directory.nodeKeysForSize(size);
  if (!keys) throw Unproven.of('node.uncertified', { log: name });
  const cosigners = [...cosignersOf(line, chains, part.log, size)];
  const opened = await open(
    name,
    part.note,
    origin,
    [headKey(origin, keys.logKey)],
    cosigners.map(([, key]) => key),
  );
  const by = new Map(cosigners.map(([log, key]) => [lineOf(key), log]));
  return {
    ...opened.checkpoint,
    keys,
    cosigned: cosignatures(part.log, opened.checkpoint.size, opened.signatures, by),
  };
}

/** Every leaf of a log is in its checkpoint's tree. */
export function checkInclusion(line: CharterLine, part: LogPart, head: Head): void {
  for (const leaf of part.leaves) {
    if (!verifyInclusion(leaf.seq, head.size, leafHash(leaf.entry), leaf.path, head.root)) {
      throw Unproven.of('inclusion.wrong', { reference: line.reference(part.log, leaf.seq) });
    }
  }
}

/** What another signed checkpoint of a log adds: post-quantum signatures of its history, or that it is forked. */
export async function checkFurther(
  line: CharterLine,
  chains: Chains,
  heads: ReadonlyMap<number, Head>,
  further: Further,
): Promise<readonly Cosigned[] | Forked> {
  const { log } = further;
  const [head, chain] = [heads.get(log), chains.get(log)];
  if (!head || !chain) throw Unproven.of('log.unknown', { log: line.name(log) });
  const [name, origin] = [line.name(log), line.origin(log)];
  const nodes = chain.directory.allNodeKeys();
  const own = nodes.map((keys) => headKey(origin, keys.logKey));
  const postQuantum = nodes.map((keys) => cosignerKey(origin, keys.pqKey));
  const { checkpoint, signatures } = await open(name, further.note, origin, own, postQuantum);
  if (!isOneHistory(head, checkpoint.size, further.root, further.path)) {
    throw Unproven.of('further.unjoined', { log: name, size: checkpoint.size });
  }
  if (!equal(checkpoint.root, further.root)) return { log, size: checkpoint.size };
  const by = new Map(postQuantum.map((key) => [lineOf(key), log]));
  const cosigned = cosignatures(log, checkpoint.size, signatures, by);
  if (cosigned.length === 0) throw Unproven.of('further.idle', { log: name, size: checkpoint.size });
  return cosigned;
}

function readSize(name: string, note: string): number {
  try {
    return parseCheckpoint(parseNote(note).text).size;
  } catch (fault) {
    throw Unproven.because('checkpoint.refused', fault, { log: name });
  }
}

/** The checkpoint in a note: signed by one of `own` (0x01), and otherwise by `cosigners` only. */
async function open(
  name: string,
  note: string,
  origin: string,
  own: readonly NoteKey[],
  cosigners: readonly NoteKey[],
): ReturnType<typeof openCheckpoint> {
  let opened: Awaited<ReturnType<typeof openCheckpoint>>;
  try {
    opened = await openCheckpoint(note, origin, [...own, ...cosigners]);
  } catch (fault) {
    throw Unproven.because('checkpoint.refused', fault, { log: name });
  }
  if (opened.signatures.length !== parseNote(note).signatures.length) {
    throw Unproven.of('checkpoint.stranger', { log: name });
  }
  const signers = opened.signatures.map(lineOf);
  if (!own.some((key) => signers.includes(lineOf(key)))) throw Unproven.of('checkpoint.unsigned', { log: name });
  return opened;
}

function cosignatures(
  log: number,
  size: number,
  signatures: readonly NoteSignature[],
  cosigners: ReadonlyMap<string, number>,
): readonly Cosigned[] {
  return signatures.flatMap((one) => {
    const by = cosigners.get(lineOf(one));
    return by === undefined ? [] : [{ log, size, by, timeS: plain(cosignatureTime(one.signature)) }];
  });
}

/** The post-quantum keys that may cosign `log` at `size`: its own node's then, and the newest of the others. */
function* cosignersOf(line: CharterLine, chains: Chains, log: number, size: number): Generator<[number, NoteKey]> {
  for (const [by, { directory }] of chains) {
    const keys = by === log ? directory.nodeKeysForSize(size) : directory.allNodeKeys()[0];
    if (keys) yield [by, cosignerKey(line.origin(by), keys.pqKey)];
  }
}
