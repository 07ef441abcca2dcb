// Who is signed on, and how an officer is enrolled.

import type { PrecedenceName } from './basics';

export interface MandateView {
  readonly name: string;
  readonly title: string;
  readonly ceiling: PrecedenceName;
}

export interface SessionView {
  readonly member: string;
  readonly position: string;
  readonly kid: string;
  readonly mandates: readonly MandateView[];
  readonly since_ms: number;
}

export interface ChallengeView {
  readonly challenge: string;
  readonly expires_ms: number;
}

export interface SignOn {
  readonly position: string;
  readonly kid: string;
  readonly challenge: string;
  readonly signature: string;
}

export type InvitationState = 'open' | 'presented' | 'enrolled' | 'refused' | 'expired';

export interface InvitationView {
  readonly state: InvitationState;
  readonly mechanism: string;
  readonly name: string;
  readonly banner: string | null;
  readonly member: string;
  readonly position: string;
  readonly mandates: readonly MandateView[];
  /** That the page behind the link is meant to be in. */
  readonly language: string | null;
  readonly languages: readonly string[];
  /** Of the key that was presented; null while none is. */
  readonly fingerprint: string | null;
}

/** An invitation, as whoever made it follows it. */
export interface FollowedInvitation {
  readonly id: string;
  readonly state: InvitationState;
  readonly position: string;
  readonly mandates: readonly string[];
  readonly expires_ms: number;
  /** Base64url, once a key is presented. */
  readonly public_key: string | null;
  readonly possession: string | null;
  readonly fingerprint: string | null;
}

/** `qr`: rows of modules, `1` for a dark one. */
export interface MadeInvitation extends FollowedInvitation {
  readonly token: string;
  readonly link: string;
  readonly qr: readonly string[];
}

export interface InvitationRequest {
  readonly position: string;
  readonly mandates: string[];
  readonly language: string | null;
}

export interface OfficerView {
  readonly position: string;
  readonly kid: string;
  readonly mandates: readonly string[];
  /** Reference of the entry that began its key. */
  readonly enrolled: string;
}

export interface OfficersView {
  readonly officers: readonly OfficerView[];
  /** Digests that a directory statement replies to, in hex. */
  readonly binding: readonly string[];
}
