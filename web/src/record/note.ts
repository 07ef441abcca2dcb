// Signed notes: text with signature lines, by name and key ID (C2SP signed-note v1.0.0). Read strictly: UTF-8 without
// control characters other than newline, canonical base64, all within bounds. A signature by an unknown key is passed
// over; one by a known key that fails rejects the whole note, and so does a note that no known key signed.

import { BadInput } from '../crypto/badInput';
import { type Bytes, concat, fromBase64, hex, utf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';

export const ED25519 = 0x01;
export const ML_DSA_44_COSIGNATURE = 0x06;
export const MAX_NOTE_BYTES = 128 * 1024;
const MAX_TEXT_BYTES = 16 * 1024;
const MAX_SIGNATURES = 64;
const KEY_ID_BYTES = 4;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses.
const CONTROL = /[\x00-\x09\x0b-\x1f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses.
const NOT_IN_NAMES = /[+\x00-\x20\x85\u2028\u2029\p{Zs}]|\p{Surrogate}/u;

/** One signature line. `signature` is what follows the key ID. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Bytes;
  readonly signature: Bytes;
}

/** A note as read, nothing verified. `text` ends in a newline. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A key known to the reader. */
export interface NoteKey {
  readonly name: string;
  readonly keyId: Bytes;
  readonly verify: (text: string, signature: Bytes) => Promise<boolean>;
}

export function keyId(name: string, kind: number, publicKey: Uint8Array): Bytes {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(kind), publicKey)).slice(0, KEY_ID_BYTES);
}

/** What tells one signer from another. */
export function lineOf(one: { readonly name: string; readonly keyId: Uint8Array }): string {
  return `${one.name} ${hex(one.keyId)}`;
}

export function parseNote(note: string): Note {
  if (utf8(note).length > MAX_NOTE_BYTES) throw oversized('the note is too long', MAX_NOTE_BYTES);
  if (/\p{Surrogate}/u.test(note)) throw new BadInput('note.not-utf8', 'the note is not valid UTF-8');
  if (CONTROL.test(note)) {
    throw new BadInput('note.control-character', 'the note has a control character', {
      rule: 'only U+000A is allowed',
    });
  }
  const at = note.lastIndexOf('\n\n');
  const lines = note.slice(at + 2).split('\n');
  const end = lines.pop();
  if (at < 0 || end !== '' || lines.length === 0) {
    throw new BadInput('note.malformed', 'not a signed note', { rule: 'text, an empty line, signature lines' });
  }
  const text = note.slice(0, at + 1);
  if (utf8(text).length > MAX_TEXT_BYTES) throw oversized("the note's text is too long", MAX_TEXT_BYTES);
  if (lines.length > MAX_SIGNATURES) {
    throw new BadInput('note.too-many-signatures', 'the note has too many signatures', {
      rule: `at most ${MAX_SIGNATURES}`,
    });
  }
  return { text, signatures: lines.map(parseSignature) };
}

/** The signatures of `note` by `keys`, all verified. */
export async function checkNote(note: Note, keys: readonly NoteKey[]): Promise<readonly NoteSignature[]> {
  const ours: NoteSignature[] = [];
  for (const line of note.signatures) {
    const known = keys.filter((key) => lineOf(key) === lineOf(line));
    if (known.length === 0) continue;
    const answers = await Promise.all(known.map((key) => key.verify(note.text, line.signature)));
    if (!answers.includes(true)) {
      throw new BadInput('note.bad-signature', `the signature of ${line.name} does not match`, { field: line.name });
    }
    ours.push(line);
  }
  if (ours.length === 0) throw new BadInput('note.no-known-key', 'no known key signed this note');
  return ours;
}

function parseSignature(line: string): NoteSignature {
  const opened = line.startsWith('— ');
  const rest = opened ? line.slice(2) : line;
  const gap = rest.indexOf(' ');
  const name = gap < 0 ? rest : rest.slice(0, gap);
  const encoded = gap < 0 ? '' : rest.slice(gap + 1);
  if (!opened || !encoded) {
    throw new BadInput('note.malformed', 'not a signature line', { rule: '— <name> <base64>' });
  }
  if (!name || NOT_IN_NAMES.test(name)) {
    throw new BadInput('note.key-name', 'not a key name', {
      rule: 'not empty, no space, no +, no control character',
    });
  }
  const data = fromBase64(encoded);
  if (data.length <= KEY_ID_BYTES) {
    throw new BadInput('note.malformed', 'a signature line has no signature after its key ID', { field: name });
  }
  return { name, keyId: data.slice(0, KEY_ID_BYTES), signature: data.slice(KEY_ID_BYTES) };
}

function oversized(reason: string, most: number): BadInput {
  return new BadInput('note.oversized', reason, { rule: `at most ${most} bytes` });
}
