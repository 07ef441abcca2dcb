// Claims: what an entry's `seen` ties its author to, and the two things that follow: receipts bound to this very history,
// and earliest times. A receipt names places, not digests; only with the claim that its author made by then is it a
// receipt of this entry, and not of one at the same place on the other side of a fork.

import { receiptRanges, type SeenHead } from '../record/entry';
import { logOwner } from '../record/ids';
import type { Claim, ProofFile, ReceiptPlace } from './bundle';
import type { Chain } from './chain';
import type { CharterLine } from './charters';
import { type Head, type Holding, isOneHistory, type Sighting } from './facts';
import { Unproven } from './report';

type Chains = ReadonlyMap<number, Chain>;

/** What one entry claims of another log is one history with that log's checkpoint. */
export function checkClaim(line: CharterLine, chains: Chains, heads: ReadonlyMap<number, Head>, claim: Claim): void {
  const { size, root } = claimed(line, chains, claim);
  const head = heads.get(claim.of);
  if (!head || !isOneHistory(head, size, root, claim.path)) throw wrong(line, claim);
}

/** The receipt of the statement that the entry at `place` in another member's log is. */
export function holding(line: CharterLine, chains: Chains, proof: ProofFile, place: ReceiptPlace): Holding {
  const reference = line.reference(place.log, place.seq);
  const chain = chains.get(place.log);
  const entry = chain?.entries.get(place.seq);
  const ranges = entry && receiptRanges(entry);
  if (!chain || !entry || !ranges || chain.behind.has(place.seq) || logOwner(place.log) === logOwner(proof.log)) {
    throw Unproven.of('receipt.none', { reference });
  }
  const covering = ranges.filter(
    (one) => one.log === proof.log && one.first <= proof.seq && proof.seq < one.first + one.count,
  );
  if (covering.length === 0) {
    throw Unproven.of('receipt.elsewhere', { reference, statement: line.reference(proof.log, proof.seq) });
  }
  const bound = proof.claims
    .filter((claim) => claim.by === place.log && claim.of === proof.log && claim.seq <= place.seq)
    .reduce((most, claim) => Math.max(most, claimed(line, chains, claim).size), 0);
  if (covering.some((one) => one.first + one.count > bound)) {
    throw Unproven.of('receipt.unbound', { reference, seen: bound });
  }
  return { log: place.log, seq: place.seq, atMs: entry.atMs };
}

/** The last entry of each other member's log that the author had seen, as far as the file shows it. */
export function sightings(line: CharterLine, chains: Chains, proof: ProofFile): readonly Sighting[] {
  const found = new Map<number, Sighting>();
  for (const claim of proof.claims) {
    if (claim.by !== proof.log || logOwner(claim.of) === logOwner(claim.by)) continue;
    const last = claimed(line, chains, claim).size - 1;
    const entry = chains.get(claim.of)?.entries.get(last);
    if (claim.seq > proof.seq || !entry) throw wrong(line, claim);
    found.set(claim.of, { log: claim.of, seq: last, atMs: entry.atMs, claimedAt: claim.seq });
  }
  return [...found.values()].sort((left, right) => left.log - right.log);
}

function claimed(line: CharterLine, chains: Chains, claim: Claim): SeenHead {
  const seen = chains.get(claim.by)?.entries.get(claim.seq)?.seen.get(claim.of);
  if (!seen || claim.of === claim.by) throw wrong(line, claim);
  return seen;
}

function wrong(line: CharterLine, claim: Claim): Unproven {
  return Unproven.of('claim.wrong', { reference: line.reference(claim.by, claim.seq), log: line.name(claim.of) });
}
