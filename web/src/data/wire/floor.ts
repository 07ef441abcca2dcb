// What is static: members, channels, the charter's kinds, desks as they are declared.

import type { PrecedenceName, RoleName, Titles } from './basics';
import type { MandateView } from './people';

export interface MemberView {
  readonly code: string;
  readonly ordinal: number;
  readonly name: string;
  readonly role: RoleName;
  readonly languages: readonly string[];
}

export interface ChannelView {
  readonly index: number;
  readonly name: string;
  readonly title: string;
  readonly content: readonly string[];
  readonly statement: readonly string[];
  readonly addressed_only: boolean;
}

export interface KindRuleView {
  readonly name: string;
  readonly version: number;
  readonly desk: string;
  readonly channels: readonly number[];
  readonly mandates: readonly string[];
  readonly countersigned_by: readonly string[];
}

export interface ClocksView {
  readonly acknowledge_ms: Readonly<Record<PrecedenceName, number>>;
  readonly alternates_ms: readonly number[];
  readonly facilitator_ms: number | null;
  readonly desk_ms: Readonly<Record<string, number>>;
}

export type FieldKind =
  | 'text'
  | 'label'
  | 'language'
  | 'instant'
  | 'span'
  | 'place'
  | 'area'
  | 'volumes'
  | 'height'
  | 'choice'
  | 'member'
  | 'members'
  | 'reference'
  | 'references'
  | 'count'
  | 'flag'
  | 'phrase'
  | 'names'
  | 'read-back'
  | 'roster';

export interface Choice {
  readonly value: string;
  readonly title: Titles;
  /** A field that must be there beside it. */
  readonly wants: string | null;
}

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly title: Titles;
  readonly required: boolean;
  readonly critical: boolean;
  readonly choices: readonly Choice[];
  readonly free: boolean;
}

export interface Kind {
  readonly name: string;
  readonly title: Titles;
  readonly fields: readonly Field[];
  readonly opens: string | null;
  readonly one_of: readonly (readonly string[])[];
  readonly acknowledged: boolean;
  readonly rings: boolean;
  readonly acts_first: boolean;
  readonly life_safety: boolean;
  readonly expires: string | null;
  readonly version: number;
}

export interface State {
  readonly name: string;
  readonly title: Titles;
  readonly final: boolean;
}

export interface Move {
  readonly kind: string;
  readonly frm: readonly string[];
  readonly to: string;
  readonly who: string;
  readonly needs: string;
}

export interface Procedure {
  readonly name: string;
  readonly states: readonly State[];
  readonly initial: string;
  readonly moves: readonly Move[];
}

export interface Desk {
  readonly name: string;
  readonly title: Titles;
  readonly kinds: readonly Kind[];
  readonly procedures: readonly Procedure[];
}

/** Registrars on duty: whoever holds one of `mandates` may enrol and revoke officers who hold none but `grants`. */
export interface OnDutyView {
  readonly mandates: readonly string[];
  readonly grants: readonly string[];
  readonly new_positions: boolean;
}

/** Who may stand in for whom in an emergency: `kinds`, under `mandates`, where `authority` was tried for `tried_ms`. */
export interface EmergencyRuleView {
  readonly kinds: readonly string[];
  readonly mandates: readonly string[];
  readonly authority: readonly string[];
  readonly ceiling: PrecedenceName;
  readonly tried_ms: number;
  readonly confirm_ms: number;
}

export interface FloorView {
  readonly banner: string | null;
  readonly mechanism: string;
  readonly name: string;
  readonly description: string;
  readonly charter_version: number;
  readonly me: { readonly code: string; readonly ordinal: number; readonly log: string };
  readonly members: readonly MemberView[];
  readonly languages: readonly string[];
  readonly channels: readonly ChannelView[];
  readonly kinds: readonly KindRuleView[];
  readonly mandates: readonly MandateView[];
  readonly clocks: ClocksView;
  readonly on_duty: OnDutyView | null;
  readonly emergency: readonly EmergencyRuleView[];
  readonly desks: readonly Desk[];
  readonly handling: readonly Kind[];
  /** Aliases of this member's own units. */
  readonly units: readonly string[];
}
