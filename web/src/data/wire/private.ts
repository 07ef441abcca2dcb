// What a member keeps for itself: the watch's log, contacts, standing orders.

export interface LogEntry {
  readonly number: number;
  readonly at_ms: number;
  readonly position: string;
  readonly text: string;
  readonly language: string;
  readonly references: readonly string[];
  /** Number of the entry that it corrects. */
  readonly corrects: number | null;
  readonly corrected_by: number | null;
}

export interface LogRequest {
  readonly text: string;
  readonly language: string;
  readonly references: readonly string[];
  readonly corrects?: number | null;
}

export interface LogPage {
  readonly entries: readonly LogEntry[];
  readonly next: number | null;
}

export interface ContactBody {
  readonly name: string;
  readonly position: string;
  /** Code of a member, or the name of a body outside the mechanism. */
  readonly body: string;
  readonly telephones: readonly string[];
  readonly languages: readonly string[];
  readonly hours: string;
  readonly note: string;
  readonly language: string;
}

/** What officers change together, as of its version. */
export interface Kept<Body> {
  readonly id: string;
  readonly version: number;
  readonly author: string;
  readonly updated_ms: number;
  readonly body: Body;
}

export type Contact = Kept<ContactBody>;

export interface OrderBody {
  readonly text: string;
  readonly language: string;
  readonly from_ms: number | null;
  readonly until_ms: number | null;
  readonly given_by: string;
}

export type StandingOrder = Kept<OrderBody>;

export interface Contacts {
  readonly contacts: readonly Contact[];
}

export interface Orders {
  readonly orders: readonly StandingOrder[];
}
