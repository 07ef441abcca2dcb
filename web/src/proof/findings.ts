// Findings: the facts of a verified file put into what is proven, and what is not proven or cannot be told. What cannot
// be told is told each time: clocks are each member's own, a missing receipt proves nothing, keys are not people, and a
// file cannot show what is not in it. Codes and fields are those of `parley.proof.findings`.

import { isUnderstood } from '../charter/admission';
import type { Signer } from '../charter/signers';
import { equal, hex } from '../crypto/bytes';
import { kidOf } from '../crypto/publicKeys';
import { has, logOwner, type MemberSet, ordinals } from '../record/ids';
import { PRECEDENCES, type StatementFields } from '../record/statement';
import type { Link } from './chain';
import type { Facts } from './facts';
import { type Finding, finding } from './report';

type Findings = Generator<Finding>;

/** What the file proves, the statement's own part first. */
export function* proven(facts: Facts): Findings {
  if (facts.void) {
    yield finding('void', { reference: reference(facts), reason: facts.void.reason, fault: facts.void.code });
  }
  yield* said(facts);
  yield* recorded(facts);
  yield* signersStanding(facts);
  yield* holders(facts);
  for (const one of facts.sightings) {
    yield finding('not-before', {
      member: facts.line.code(logOwner(one.log)),
      seen: facts.line.reference(one.log, one.seq),
      at_ms: one.atMs,
      author: facts.line.name(facts.log),
      claim: facts.line.reference(facts.log, one.claimedAt),
    });
  }
  yield* mechanism(facts);
  for (const fork of facts.forks) yield finding('fork', { log: facts.line.name(fork.log), size: fork.size });
}

/** What the file does not prove, or nobody could tell from it. */
export function* untold(facts: Facts): Findings {
  const { line, statement, signer, chain, entry, head, charter } = facts;
  const log = line.name(facts.log);
  if (!facts.content) yield finding('untold.content');
  if (statement) {
    yield finding('untold.signing-time', { issued_at_s: statement.fields.issuedAtS });
    if (!isUnderstood(charter, statement.fields.kind)) yield finding('untold.kind', { kind: statement.fields.kind });
  }
  if (signer) {
    yield finding('untold.person', { position: signer.position });
    yield finding('untold.key-later', { log, after: chain.last });
  }
  if (chain.last === entry.seq) yield finding('untold.passed-over', { log, reference: reference(facts) });
  yield finding('untold.entry-claims', { log, reference: reference(facts) });
  const held = facts.holdings.map((one) => logOwner(one.log));
  for (const member of charter.members) {
    if (member.ordinal !== logOwner(facts.log) && !held.includes(member.ordinal)) {
      yield finding('untold.receipt', { member: member.code });
    }
  }
  yield finding('untold.clocks');
  if (facts.sightings.length === 0) yield finding('untold.earliest', { reference: reference(facts) });
  yield finding('untold.read');
  yield finding('untold.fork', { log, size: head.size });
  if (!facts.cosigned.some((one) => one.by === facts.log && one.log === facts.log && one.size > entry.seq)) {
    yield finding('untold.post-quantum', { log });
  }
  if (charter.version > 1) yield finding('untold.adoption-seen', { version: charter.version, author: log });
  yield facts.anchored
    ? finding('untold.root-keys-held')
    : finding('untold.root-keys', { digest: hex(line.mechanism) });
}

/** Who said it, in what capacity, to whom, and how. */
function* said(facts: Facts): Findings {
  const { line, statement, signer, charter } = facts;
  const member = line.owner(facts.log);
  if (!statement || !member) return;
  const { fields } = statement;
  if (signer) {
    yield finding(`signed.${signer.capacity}`, {
      member: member.code,
      name: member.name,
      position: signer.position,
      mandate: fields.mandate,
      key: signer.key.kidHex,
      statement: hex(statement.digest),
    });
  }
  yield finding('kind', { kind: fields.kind, version: fields.kindVersion, precedence: PRECEDENCES[fields.precedence] });
  const channel = charter.channels[fields.channel];
  if (channel && equal(fields.mechanism, line.mechanism)) {
    yield finding(fields.addressees ? 'addressed' : 'unaddressed', {
      channel: channel.name,
      to: codes(facts, fields.addressees),
    });
  }
  yield* bearing(fields);
  if (facts.content) {
    yield finding('content', { bytes: facts.content.length, digest: hex(fields.contentDigest) });
  }
}

/** What the statement refers to. */
function* bearing(fields: StatementFields): Findings {
  if (fields.caseRef !== null) yield finding('case', { case: fields.caseRef });
  if (fields.repliesTo.length > 0) yield finding('replies', { digests: fields.repliesTo.map(hex) });
  if (fields.marking) yield finding('marking', { marking: fields.marking });
  if (fields.attachments.length > 0) yield finding('attachments', { digests: fields.attachments.map(hex) });
}

/** Where it stands, and under whose signature. */
function* recorded(facts: Facts): Findings {
  const { line, head, entry } = facts;
  const log = line.name(facts.log);
  yield finding('recorded', {
    reference: reference(facts),
    log,
    size: head.size,
    root: hex(head.root),
    at_ms: entry.atMs,
  });
  yield finding('sight', {
    statement: codes(facts, entry.statementSight),
    content: codes(facts, entry.contentSight),
  });
  yield finding('checkpoint', {
    log,
    size: head.size,
    key: head.keys.logKey.kidHex,
    certified: line.reference(facts.log, head.keys.seq),
  });
  for (const one of facts.cosigned) {
    const code = `${one.by === one.log ? 'post-quantum' : 'cosigned'}${one.timeS ? '.timed' : ''}`;
    yield finding(code, { log: line.name(one.log), by: line.name(one.by), size: one.size, time_s: one.timeS });
  }
}

/** Who enrolled the signing key, and what became of it. */
function* signersStanding(facts: Facts): Findings {
  const { line, signer, chain } = facts;
  if (!signer) return;
  const positions = new Map([[signer.key.kidHex, signer.position]]);
  if (signer.capacity === 'officer') {
    yield* enrolled(facts, signer, positions);
  } else if (signer.capacity === 'registrar') {
    yield finding('registrar', {
      position: signer.position,
      certified: placeOf(facts, grant(facts, signer.key.kidHex)),
    });
  } else {
    yield finding('root', { member: line.name(facts.log), version: facts.charter.version });
  }
  for (const link of chain.links) if (link.seq > facts.entry.seq) yield* ended(facts, signer, link);
  for (const [kid, position] of positions) {
    for (const note of chain.directory.annotations.get(kid) ?? []) {
      yield finding('compromised', {
        position,
        since_ms: note.sinceMs,
        reference: line.reference(facts.log, note.seq),
        reason: note.reason,
      });
    }
  }
}

/**
 * By whom, up to the registrar whom root certified; whoever enrolled another is noted in `positions`. An officer on duty may have
 * been enrolled by another; what each of them held is told as of the act by which it enrolled the next.
 */
function* enrolled(facts: Facts, signer: Signer, positions: Map<string, string>): Findings {
  let [holder, at, enrolment] = [signer, reference(facts), enrolmentOf(facts, signer.key.kidHex)];
  while (enrolment) {
    const by = enroller(enrolment, positions);
    const { position, mandates } = holder;
    const told = { position, reference: placeOf(facts, enrolment), mandates, at };
    const above = enrolmentOf(facts, by.kid);
    if (!above) {
      yield finding('enrolled', { ...told, registrar: by.position, certified: placeOf(facts, grant(facts, by.kid)) });
      return;
    }
    const onDuty = { ...told, officer: by.position, mandate: by.mandate };
    const topKid = hex(above.statement.fields.kid);
    if (!enrolmentOf(facts, topKid)) {
      yield finding('enrolled-on-duty', {
        ...onDuty,
        enrolled: placeOf(facts, above),
        registrar: enroller(above, positions).position,
        certified: placeOf(facts, grant(facts, topKid)),
      });
      return;
    }
    yield finding('enrolled-by-officer', onDuty);
    const officer = facts.chain.directory.signerAt(enrolment.statement.fields.kid, enrolment.seq);
    if (!officer) throw new Error('what it enrolled is a link');
    [holder, at, enrolment] = [officer, placeOf(facts, enrolment), above];
  }
}

/** Whose act an enrolment is, noted in `positions`. */
function enroller({ statement: { fields } }: Link, positions: Map<string, string>) {
  const [kid, position] = [hex(fields.kid), fields.issuer.split('/')[1] ?? ''];
  positions.set(kid, position);
  return { kid, position, mandate: fields.mandate };
}

function* ended(facts: Facts, signer: Signer, link: Link): Findings {
  const { said } = link;
  if (said.kind === 'directory.revoke' && equal(said.kid, signer.key.kid)) {
    yield finding('revoked-later', { position: signer.position, reference: placeOf(facts, link), reason: said.reason });
  }
  if (said.kind === 'directory.enrol' && said.replaces && equal(said.replaces, signer.key.kid)) {
    yield finding('replaced-later', { position: signer.position, reference: placeOf(facts, link) });
  }
}

function* holders(facts: Facts): Findings {
  for (const one of facts.holdings) {
    const holder = logOwner(one.log);
    const depth = has(facts.entry.contentSight, holder)
      ? 'content'
      : has(facts.entry.statementSight, holder)
        ? 'statement'
        : 'entry';
    yield finding(`held.${depth}`, {
      holder: facts.line.code(holder),
      reference: facts.line.reference(one.log, one.seq),
      at_ms: one.atMs,
      size: facts.heads.get(one.log)?.size ?? 0,
    });
  }
}

function* mechanism(facts: Facts): Findings {
  const { line } = facts;
  const digest = hex(line.mechanism);
  const codesOf = (members: readonly { readonly code: string }[]) => members.map((member) => member.code);
  yield finding('mechanism', { name: line.founding.terms.name, digest, members: codesOf(line.founding.members) });
  yield finding(line.founding.terms.exercise ? 'exercise' : 'in-earnest');
  for (const [at, amended] of line.charters.entries()) {
    const previous = line.charters[at - 1];
    if (previous && amended.version <= facts.charter.version) {
      yield finding('amended', {
        version: amended.version,
        digest: hex(amended.digest),
        members: codesOf(previous.members),
      });
    }
  }
  if (facts.anchored) yield finding('anchored', { digest });
}

/** The statement that enrolled the key `kid`. */
function enrolmentOf(facts: Facts, kid: string): Link | undefined {
  return facts.chain.links.find(({ said }) => said.kind === 'directory.enrol' && hex(kidOf(said.key)) === kid);
}

/** The root-signed statement that made a registrar of a key; only such keys enrol whoever is on duty. */
function grant(facts: Facts, kid: string): Link | undefined {
  return facts.chain.links.find(({ said }) => said.kind === 'directory.registrar' && hex(kidOf(said.key)) === kid);
}

const reference = (facts: Facts): string => facts.line.reference(facts.log, facts.entry.seq);
const placeOf = (facts: Facts, link: Link | undefined): string => facts.line.reference(facts.log, link?.seq ?? 0);
const codes = (facts: Facts, members: MemberSet): readonly string[] =>
  ordinals(members).map((ordinal) => facts.line.code(ordinal));
