// Words: the findings of a report as sentences. One message a finding, by its code; the English ones are those of
// `parley.proof.words`, to the letter, and a test holds them to it. Numbers stand as the node writes them.

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What is proven. */
export const PROVEN: Readonly<Record<string, MessageDescriptor>> = {
  void: msg({ message: 'The statement {reference} is void and moves nothing: {reason} [{fault}].' }),
  'signed.officer': msg({
    message:
      '{member} ({name}) said it: its officer {position} signed it, under the mandate {mandate}. Key {key}; statement {statement}.',
  }),
  'signed.registrar': msg({
    message: '{member} ({name}) said it: its registrar {position} signed it. Key {key}; statement {statement}.',
  }),
  'signed.root': msg({
    message:
      "{member} ({name}) said it: it is signed by the member's own root key, as {mandate}. Key {key}; statement {statement}.",
  }),
  kind: msg({ message: 'It is a {kind} (version {version}) of precedence {precedence}.' }),
  addressed: msg({ message: 'It is addressed to {to}, on the channel {channel}.' }),
  unaddressed: msg({ message: 'It is said on the channel {channel} and addressed to nobody by name.' }),
  case: msg({ message: 'It belongs to the case {case}.' }),
  replies: msg({ message: 'It answers or refers to the statements with the digests {digests}.' }),
  marking: msg({ message: 'It is marked: {marking}.' }),
  attachments: msg({ message: 'It has attachments, which are not in this file, with the digests {digests}.' }),
  content: msg({ message: 'The content in this file is the one that was signed: {bytes} bytes, digest {digest}.' }),
  recorded: msg({
    message:
      "It stands in the log of {log} as entry {reference}, in the tree of {size} entries with the root {root}. {log}'s node recorded it at {at_ms}, by its own clock.",
  }),
  sight: msg({ message: 'Its entry gives the statement to {statement}, and its content to {content}.' }),
  checkpoint: msg({
    message:
      "The checkpoint of {log} at {size} entries is signed by {log}'s node, key {key}, which the member's root key certified in {certified}.",
  }),
  'post-quantum': msg({
    message: 'The node of {log} also signed its log at {size} entries with a post-quantum key (ML-DSA-44).',
  }),
  'post-quantum.timed': msg({
    message:
      'The node of {log} also signed its log at {size} entries with a post-quantum key (ML-DSA-44), at {time_s} by its own clock.',
  }),
  cosigned: msg({ message: "The node of {by} cosigned {log}'s log at {size} entries with its post-quantum key." }),
  'cosigned.timed': msg({
    message:
      "The node of {by} cosigned {log}'s log at {size} entries with its post-quantum key, at {time_s} by its own clock.",
  }),
  enrolled: msg({
    message:
      "The key of {position} was enrolled in {reference} by the registrar {registrar}, whom the member's root key certified in {certified}. At {at} it was in force, with the mandates {mandates}.",
  }),
  'enrolled-on-duty': msg({
    message:
      "The key of {position} was enrolled in {reference} by {officer}, a registrar on duty under the mandate {mandate}, whose own key was enrolled in {enrolled} by the registrar {registrar}, whom the member's root key certified in {certified}. At {at} it was in force, with the mandates {mandates}.",
  }),
  'enrolled-by-officer': msg({
    message:
      'The key of {position} was enrolled in {reference} by {officer}, a registrar on duty under the mandate {mandate}. At {at} it was in force, with the mandates {mandates}.',
  }),
  registrar: msg({ message: "The registrar {position} was certified by the member's root key in {certified}." }),
  root: msg({ message: 'The root key of {member} is named in version {version} of the charter.' }),
  'revoked-later': msg({
    message:
      'The key of {position} was revoked later, in {reference} ({reason}). That changes nothing of what it signed before.',
  }),
  'replaced-later': msg({
    message: 'The key of {position} was replaced later, in {reference}. That changes nothing of what it signed before.',
  }),
  compromised: msg({
    message:
      'The member says in {reference} that the key of {position} may have been in other hands since {since_ms} ({reason}). That is its own word; it voids nothing.',
  }),
  'held.content': msg({
    message:
      '{holder} held the statement and its content: its receipt is {reference}, dated {at_ms} by its own clock, in its checkpoint at {size} entries.',
  }),
  'held.statement': msg({
    message:
      '{holder} held the statement, whose content is not for it: its receipt is {reference}, dated {at_ms} by its own clock, in its checkpoint at {size} entries.',
  }),
  'held.entry': msg({
    message:
      '{holder} held the entry, whose statement is not for it: its receipt is {reference}, dated {at_ms} by its own clock, in its checkpoint at {size} entries.',
  }),
  'not-before': msg({
    message:
      'It was not recorded before {at_ms} by the clock of {member}: {author} had by then seen {seen}, which bears that time; {claim} says so.',
  }),
  mechanism: msg({
    message:
      'The mechanism is “{name}”. The root keys of all its members ({members}) signed the charter that founds it; its digest is {digest}.',
  }),
  exercise: msg({ message: 'Its charter says that it is an exercise.' }),
  'in-earnest': msg({ message: 'Its charter does not say that it is an exercise.' }),
  amended: msg({
    message: 'Version {version} of the charter, digest {digest}, is signed by the root keys of {members}.',
  }),
  anchored: msg({ message: 'The digest {digest} is the one you gave.' }),
  fork: msg({
    message:
      'Be warned: the node of {log} signed, at {size} entries, another history of its log than the one in this file. Each of the two stands for itself only.',
  }),
};

/** What is not proven, or cannot be told. */
export const UNTOLD: Readonly<Record<string, MessageDescriptor>> = {
  'untold.content': msg({
    message:
      'What it says: the content is withheld from this file. Only its digest is signed, and what is wrong with it, if anything, cannot be judged.',
  }),
  'untold.signing-time': msg({
    message: "When it was signed: the statement says {issued_at_s}, by the signer's own clock, which proves nothing.",
  }),
  'untold.kind': msg({
    message: 'What a {kind} does: the charter does not open this kind, so it is recorded but not understood here.',
  }),
  'untold.person': msg({
    message:
      'Which person held the position {position}, and whether that person held the key alone: a key signed, and only its member knows who held it.',
  }),
  'untold.key-later': msg({
    message: "Whether the key was revoked or called compromised after entry {after} of {log}'s log.",
  }),
  'untold.passed-over': msg({
    message:
      'Whether {reference} passes over an earlier directory statement of {log}, and is void for it: no later entry of that log is in this file.',
  }),
  'untold.entry-claims': msg({
    message:
      'Whether {reference} takes back what earlier entries of {log} claimed to have seen, or names a charter out of turn, and is void for it: only the whole log shows that.',
  }),
  'untold.receipt': msg({
    message:
      'Whether {member} held it: no receipt of {member} is in this file. A missing receipt proves nothing, neither that it arrived nor that it did not.',
  }),
  'untold.clocks': msg({
    message:
      "The true time: every clock named here is that member's own. No time is proven but by comparing those of members who have no reason to agree.",
  }),
  'untold.earliest': msg({
    message: 'An earliest time: this file shows nothing of others that the author had seen before {reference}.',
  }),
  'untold.read': msg({ message: 'Whether anyone read it, understood it or acted on it.' }),
  'untold.fork': msg({
    message:
      "Whether {log}'s node has signed another history of its log elsewhere, and what stands after entry {size}: compare its checkpoints with those that others hold.",
  }),
  'untold.post-quantum': msg({
    message:
      "Whether it will stay proven once Ed25519 can be broken: no post-quantum signature of {log}'s own node covers it in this file.",
  }),
  'untold.adoption-seen': msg({
    message:
      "Whether {author} had seen all members' assents to version {version} of the charter before it first named it; their signatures of it are in this file.",
  }),
  'untold.root-keys': msg({
    message:
      "That the root keys in this file belong to the members it names. Compare the mechanism's digest, {digest}, with one you have from each of them by another channel.",
  }),
  'untold.root-keys-held': msg({ message: "That each root key was, and stayed, in its member's hands." }),
};

/** Why a file proves nothing. */
export const FAILED: Readonly<Record<string, MessageDescriptor>> = {
  'file.malformed': msg({ message: 'The file is not a proof file in its one valid form: {reason} [{fault}].' }),
  'charter.refused': msg({ message: 'The charter is not one that all its members signed: {reason} [{fault}].' }),
  'charter.missing': msg({
    message: 'The entry {reference} names version {version} of the charter, which is not in the file.',
  }),
  'mechanism.other': msg({
    message: 'The file is of another mechanism: its digest is {digest}, and {expected} is expected.',
  }),
  'log.unknown': msg({ message: 'No member of the mechanism writes {log}, or the file holds nothing of it.' }),
  'entry.malformed': msg({ message: 'The entry {reference} is malformed: {reason} [{fault}].' }),
  'entry.place': msg({ message: 'The entry given as {reference} says that it is entry {says}.' }),
  'entry.directory': msg({
    message: 'The entry {reference} names a directory statement that does not stand before it.',
  }),
  'genesis.other': msg({ message: 'The entry {reference} does not found the log of this mechanism.' }),
  'chain.gap': msg({ message: 'The directory statement {reference} is missing, so the keys in force cannot be told.' }),
  'chain.void': msg({ message: 'The directory statement {reference} is void: {reason} [{fault}].' }),
  'chain.withheld': msg({ message: 'The directory statement {reference} is given without its bytes or its content.' }),
  'chain.passed-over': msg({
    message: 'The directory statement {reference} is in force, but later entries of its log pass over it.',
  }),
  'statement.missing': msg({ message: 'The statement of {reference} is not in the file.' }),
  'statement.other': msg({ message: 'The statement given for {reference} is not the one that its entry commits to.' }),
  'statement.malformed': msg({ message: 'The statement of {reference} is malformed: {reason} [{fault}].' }),
  'content.other': msg({ message: 'The content given for {reference} is not the one that was signed.' }),
  'node.uncertified': msg({ message: "No root-signed certificate of {log}'s node is in the file." }),
  'checkpoint.refused': msg({ message: 'The checkpoint of {log} is not a valid one: {reason} [{fault}].' }),
  'checkpoint.unsigned': msg({ message: "The checkpoint of {log} is not signed by {log}'s node." }),
  'checkpoint.stranger': msg({
    message: "The checkpoint of {log} bears a signature by a key that is none of this file's nodes.",
  }),
  'inclusion.wrong': msg({
    message: "The proof does not show the entry {reference} in the tree of its log's checkpoint.",
  }),
  'leaf.superfluous': msg({ message: 'The file carries a statement for {reference} that proves nothing.' }),
  'claim.wrong': msg({
    message: "What the entry {reference} is said to have seen of {log} does not agree with {log}'s checkpoint.",
  }),
  'receipt.none': msg({ message: 'The entry {reference} is no receipt of another member.' }),
  'receipt.elsewhere': msg({ message: 'The receipt {reference} does not cover {statement}.' }),
  'receipt.unbound': msg({
    message: 'The receipt {reference} covers more than its author is shown to have seen, {seen} entries.',
  }),
  'further.unjoined': msg({
    message: 'A further checkpoint of {log}, at {size} entries, is not joined with the history in this file.',
  }),
  'further.idle': msg({ message: 'A further checkpoint of {log}, at {size} entries, adds nothing.' }),
};
