// Acts of a registrar on duty: an officer's key is enrolled, in the place of the one before it, or revoked. They are statements of
// the built-in channel, signed by this officer under the mandate that the charter names for them. What it may touch is the
// charter's rule, which every node applies; here it keeps the page from offering what would be void. Pure.

import { fromBase64url, fromHex } from '../crypto/bytes';
import type { CborValue } from '../crypto/cbor';
import type { Floor } from '../data/floor';
import type { FollowedInvitation, MandateView, OfficersView, OfficerView, SessionView } from '../data/wire';
import { contentDigest, encodeContent } from '../record/content';
import type { StatementFields } from '../record/statement';
import type { Chance } from './saying';

const BUILT_IN_CHANNEL = 0;
const BUILT_IN_VERSION = 1;

export interface Act {
  readonly fields: StatementFields;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** The mandate under which this officer is a registrar on duty; null where it is none. */
export function dutyMandate(floor: Floor, session: SessionView): MandateView | null {
  const names = floor.view.on_duty?.mandates ?? [];
  return session.mandates.find((mandate) => names.includes(mandate.name)) ?? null;
}

/** Whether a registrar on duty may touch an officer: one who holds nothing but what may be granted. */
export function mayTouch(floor: Floor, officer: OfficerView): boolean {
  const grants = floor.view.on_duty?.grants ?? [];
  return officer.mandates.every((mandate) => grants.includes(mandate));
}

/** The enrolment of the key that was presented, in the place of `before`. */
export function enrolment(
  presented: FollowedInvitation,
  before: OfficerView | null,
  { binding }: OfficersView,
  session: SessionView,
  floor: Floor,
  chance: Chance,
): Act {
  const content = new Map<string, CborValue>([
    ['position', presented.position],
    ['key', fromBase64url(presented.public_key ?? '')],
    ['possession', fromBase64url(presented.possession ?? '')],
    ['mandates', presented.mandates],
  ]);
  if (before) content.set('replaces', fromHex(before.kid));
  return act('directory.enrol', content, binding, session, floor, chance);
}

/** The revocation of an officer's key. */
export function revocation(
  officer: OfficerView,
  reason: string,
  { binding }: OfficersView,
  session: SessionView,
  floor: Floor,
  chance: Chance,
): Act {
  const content = new Map<string, CborValue>([
    ['kid', fromHex(officer.kid)],
    ['reason', reason],
  ]);
  return act('directory.revoke', content, binding, session, floor, chance);
}

function act(
  kind: string,
  said: ReadonlyMap<string, CborValue>,
  binding: readonly string[],
  session: SessionView,
  floor: Floor,
  { nowMs, salt, nonce }: Chance,
): Act {
  const content = encodeContent(said, salt);
  return {
    content,
    fields: {
      kid: fromHex(session.kid),
      issuer: `${session.member}/${session.position}`,
      caseRef: null,
      issuedAtS: Math.floor(nowMs / 1000),
      nonce,
      mechanism: fromHex(floor.view.mechanism),
      kind,
      kindVersion: BUILT_IN_VERSION,
      channel: BUILT_IN_CHANNEL,
      precedence: 0,
      addressees: 0,
      repliesTo: binding.map(fromHex),
      mandate: dutyMandate(floor, session)?.name ?? '',
      marking: '',
      contentDigest: contentDigest(content),
      contentBytes: content.length,
      attachments: [],
    },
  };
}
