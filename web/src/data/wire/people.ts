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
}
