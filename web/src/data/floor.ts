// What the watch floor shows, as data. Times are Unix milliseconds, codes are members' codes, references are as people say
// them (`AAA 42`). Texts that a person wrote are `UserText`: they keep their language and are always isolated on screen.

export const DESKS = [
  'line',
  'de-escalation',
  'disputes',
  'undertakings',
  'intelligence',
  'talks',
  'commerce',
  'supervision',
  'record',
] as const;
export type DeskName = (typeof DESKS)[number];

export type PrecedenceName = 'ROUTINE' | 'PRIORITY' | 'IMMEDIATE' | 'FLASH';
export type MemberRole = 'party' | 'facilitator' | 'observer';

export interface UserText {
  /** BCP 47, or '' where it is not known. */
  readonly language: string;
  readonly text: string;
}

export interface MemberView {
  readonly code: string;
  readonly name: UserText;
  readonly role: MemberRole;
  /** IANA zone of its watch; null where it keeps UTC. */
  readonly zone: string | null;
}

/** The line to another member's node. `cause` is null where nothing is known: silence is not an answer. */
export interface PeerView {
  readonly code: string;
  readonly line: 'open' | 'closed';
  readonly sinceMs: number;
  readonly cause: { readonly text: UserText; readonly evidence: string | null } | null;
}

/** `split`: two signed histories of one log; `queued`: this node does not sign yet, so nothing new is in the record. */
export type RecordState = 'agreed' | 'catching-up' | 'queued' | 'split';

export interface RecordView {
  readonly state: RecordState;
  /** Codes of the logs that are split or behind. */
  readonly logs: readonly string[];
  readonly queued: number;
}

export interface DeskView {
  readonly desk: DeskName;
  readonly running: number;
  readonly missed: number;
}

/** The one next act that a running clock asks for. */
export type NextAct = 'acknowledge' | 'read-back' | 'pass-on' | 'answer' | 'clarify' | 'confirm' | 'report' | 'wait';

export interface RunningClock {
  readonly reference: string;
  readonly desk: DeskName;
  readonly precedence: PrecedenceName;
  readonly author: string;
  /** Whose clock it is: the member that must act. */
  readonly owedBy: string;
  readonly subject: UserText;
  readonly startedMs: number;
  readonly dueMs: number;
  readonly next: NextAct;
}

export const RUNGS = ['signed', 'stored', 'shown', 'acknowledged', 'read-back', 'passed-on'] as const;
export type RungName = (typeof RUNGS)[number];

/** How far a statement has come with one addressee. `atMs` null: not yet; `dueMs` null: no clock runs for it. */
export interface RungView {
  readonly rung: RungName;
  readonly atMs: number | null;
  readonly dueMs: number | null;
}

export interface LadderView {
  readonly addressee: string;
  readonly rungs: readonly RungView[];
}

/** Who answers for a rendition: `unchecked` where no second officer has read it against the original. */
export type RenditionStanding = 'certified' | 'checked' | 'unchecked' | 'machine';

export interface LineStatement {
  readonly reference: string;
  readonly kind: string;
  readonly precedence: PrecedenceName;
  readonly author: string;
  readonly position: string;
  readonly addressees: readonly string[];
  readonly recordedMs: number;
  readonly original: UserText;
  readonly rendition: (UserText & { readonly standing: RenditionStanding }) | null;
  readonly provisional: boolean;
  readonly void: UserText | null;
  readonly ladders: readonly LadderView[];
}

export interface Viewer {
  readonly member: string;
  readonly position: string;
  readonly role: MemberRole;
}

/** Everything the frame of the floor shows. `banner` is null where acts are real. */
export interface FloorView {
  readonly asOfMs: number;
  readonly node: string;
  readonly mechanism: UserText;
  readonly banner: string | null;
  readonly viewer: Viewer | null;
  readonly members: readonly MemberView[];
  readonly peers: readonly PeerView[];
  readonly record: RecordView;
  readonly desks: readonly DeskView[];
  readonly clocks: readonly RunningClock[];
  /** Whether this page may send STOP for its viewer. */
  readonly canStop: boolean;
}
