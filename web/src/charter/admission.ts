// Admission: whether a statement, at its place in its author's log, is void, and why. Every node judges alike, from the
// charter the entry names, the author's directory below the entry, and the bytes; so does this page. A kind that the
// charter does not know at all is not void but *not understood here*, and moves nothing.

import { equal } from '../crypto/bytes';
import { verify1 } from '../crypto/cose';
import type { VerifyKey } from '../crypto/publicKeys';
import { pythonQuoted } from '../crypto/quoted';
import { contentDigest } from '../record/content';
import { type Entry, receiptRanges } from '../record/entry';
import { has, logOwner, within } from '../record/ids';
import { PRECEDENCES, type Statement, type StatementFields } from '../record/statement';
import { type Charter, kindRule, type Member, mandateOf, sights } from './charter';
import type { Directory } from './directory';
import { isBuiltIn } from './directoryKinds';
import { refused } from './emergency';
import { isForDuty } from './onDuty';
import type { Signer } from './signers';
import { BUILT_IN_VERSION, DIRECTORY_CHANNEL, isReserved, ROLES } from './terms';
import { type Void, voidFor } from './void';

const WRONG_SIGNATURE = voidFor('signature.wrong', 'the signature is not by the key it names');

/** Whether the charter opens `kind`, or it is built in. */
export function isUnderstood(charter: Charter, kind: string): boolean {
  return kindRule(charter, kind) !== undefined || isBuiltIn(kind);
}

/** The key whose signature the statement needs at entry `seq`, null where there is none. */
export function neededKey(directory: Directory, seq: number, statement: Statement): VerifyKey | null {
  return directory.signerAt(statement.fields.kid, seq)?.key ?? null;
}

/** Why the statement moves nothing, or null where it counts. `content` is null where it is not held. */
export async function judge(
  charter: Charter,
  directory: Directory,
  entry: Entry,
  statement: Statement,
  content: Uint8Array | null,
): Promise<Void | null> {
  const key = neededKey(directory, entry.seq, statement);
  if (!key) return directory.whyNot(statement.fields.kid, entry.seq);
  if (!(await verify1(statement.sign1, key))) return WRONG_SIGNATURE;
  return (
    judgeStatement(charter, directory, entry.seq, statement, content) ??
    judgeEntry(charter, directory, entry, statement)
  );
}

function judgeStatement(
  charter: Charter,
  directory: Directory,
  seq: number,
  statement: Statement,
  content: Uint8Array | null,
): Void | null {
  const { fields } = statement;
  if (!equal(fields.mechanism, charter.mechanism))
    return voidFor('mechanism.other', 'it was signed for another mechanism');
  const member = charter.members[logOwner(directory.log)];
  if (!member) {
    return voidFor('issuer.no-member', 'its author is not yet a member under the charter that the entry names');
  }
  const [code = '', position = ''] = fields.issuer.split('/');
  if (code !== member.code) return voidFor('issuer.other-member', `it speaks as ${code} in the log of ${member.code}`);
  const signer = directory.signerAt(fields.kid, seq);
  if (!signer) return directory.whyNot(fields.kid, seq);
  if (position !== signer.position) {
    return voidFor('issuer.other-position', `its key is that of ${signer.position}, not of ${position}`);
  }
  return (
    kindClosed(charter, fields) ??
    mandateExceeded(charter, member, signer, fields) ??
    (isBuiltIn(fields.kind) ? directory.authority(fields.kind, fields.kid, seq, charter.terms.onDuty) : null) ??
    channelClosed(charter, member, fields) ??
    contentDiffers(fields, content)
  );
}

function judgeEntry(charter: Charter, directory: Directory, entry: Entry, statement: Statement): Void | null {
  const { fields } = statement;
  if (entry.charterVersion !== charter.version) {
    return voidFor('charter.version', `the entry names version ${entry.charterVersion} of the charter`);
  }
  if (receiptRanges(entry) || !equal(entry.body as Uint8Array, statement.digest)) {
    return voidFor('entry.other-statement', 'the entry commits to another statement');
  }
  const latest = directory.latestBefore(entry.seq);
  if (entry.directory !== latest) {
    return voidFor(
      'directory.mismatch',
      `the entry passes over directory statement ${latest} and names ${entry.directory}`,
    );
  }
  const channel = charter.channels[fields.channel];
  const [statementSight, contentSight] = channel
    ? sights(channel, logOwner(directory.log), fields.addressees)
    : [-1, -1];
  if (statementSight !== entry.statementSight || contentSight !== entry.contentSight) {
    return voidFor('sight.mismatch', 'the entry gives sight to other members than channel and addressees do');
  }
  return null;
}

function kindClosed(charter: Charter, fields: StatementFields): Void | null {
  const { kind, kindVersion, channel } = fields;
  if (isReserved(kind)) {
    if (channel !== DIRECTORY_CHANNEL) return voidFor('kind.channel', `${kind} is for the built-in channel only`);
    if (isBuiltIn(kind) && kindVersion !== BUILT_IN_VERSION) {
      return voidFor('kind.version', `${kind} is in force in version ${BUILT_IN_VERSION}`);
    }
    return null;
  }
  if (channel === DIRECTORY_CHANNEL) return voidFor('kind.channel', `${kind} is not for the built-in channel`);
  const rule = kindRule(charter, kind);
  if (!rule) return null;
  if (kindVersion !== rule.version) {
    return voidFor('kind.version', `${kind} is in force in version ${rule.version}, not ${kindVersion}`);
  }
  const named = charter.channels[channel];
  return named && !rule.channels.includes(channel)
    ? voidFor('kind.channel', `${kind} is not for channel ${named.name}`)
    : null;
}

function channelClosed(charter: Charter, member: Member, fields: StatementFields): Void | null {
  const channel = charter.channels[fields.channel];
  if (!channel) return voidFor('channel.unknown', `the charter has no channel ${fields.channel}`);
  if (!has(channel.content, member.ordinal)) {
    return voidFor('channel.not-yours', `${member.code} has no content sight on ${channel.name}`);
  }
  if (!within(fields.addressees, channel.content)) {
    return voidFor('addressees.outside', `it addresses a member without content sight on ${channel.name}`);
  }
  if (has(fields.addressees, member.ordinal)) return voidFor('addressees.self', 'it addresses its own author');
  if (channel.addressedOnly && fields.addressees === 0) {
    return voidFor('addressees.none', `${channel.name} is for named addressees only`);
  }
  return null;
}

function contentDiffers(fields: StatementFields, content: Uint8Array | null): Void | null {
  if (!content) return null;
  if (content.length !== fields.contentBytes) {
    return voidFor('content.length', `the content has ${content.length} bytes and not ${fields.contentBytes}`);
  }
  return equal(contentDigest(content), fields.contentDigest)
    ? null
    : voidFor('content.mismatch', 'the content is not the one that was signed');
}

/** Void where `signer` of `member` had no right to the statement. */
function mandateExceeded(charter: Charter, member: Member, signer: Signer, fields: StatementFields): Void | null {
  if (signer.capacity !== 'officer') return capacityExceeded(signer, fields);
  if (isReserved(fields.kind) && !isForDuty(charter.terms.onDuty, fields.kind, fields.mandate)) {
    return exceeded(`${fields.kind} is for root and registrars, not for officers`);
  }
  const mandate = mandateOf(charter, fields.mandate);
  if (!mandate) return voidFor('mandate.unknown', `the charter has no mandate ${pythonQuoted(fields.mandate)}`);
  if (!signer.mandates.includes(fields.mandate)) {
    return exceeded(`${signer.position} does not hold the mandate ${pythonQuoted(fields.mandate)}`);
  }
  if (!mandate.roles.includes(member.role)) {
    return exceeded(`${pythonQuoted(fields.mandate)} is not for a member that is ${ROLES[member.role]}`);
  }
  if (fields.precedence > mandate.ceiling) {
    return exceeded(`${pythonQuoted(fields.mandate)} does not reach ${PRECEDENCES[fields.precedence]}`);
  }
  const rule = kindRule(charter, fields.kind);
  return rule && !rule.mandates.includes(fields.mandate) ? refused(charter.terms, fields) : null;
}

/** Root and registrars sign built-in kinds only; which of them signs which is the directory's rule. */
function capacityExceeded(signer: Signer, fields: StatementFields): Void | null {
  if (!isReserved(fields.kind)) return exceeded(`a ${signer.capacity} key signs nothing but directory statements`);
  return isBuiltIn(fields.kind) && fields.mandate !== signer.capacity
    ? exceeded(`a ${signer.capacity} signs under the mandate ${pythonQuoted(signer.capacity)}`)
    : null;
}

const exceeded = (reason: string): Void => voidFor('mandate.exceeded', reason);
