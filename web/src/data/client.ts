// What the page asks of its node. One interface: the node over HTTP stands behind it, or a simulation of one.

import { createContext, useContext } from 'react';
import type { Bytes } from '../crypto/bytes';
import type { Channel } from './channel';
import type {
  CasesPage,
  CaseView,
  ChallengeView,
  CheckedView,
  Contact,
  ContactBody,
  Contacts,
  DraftPage,
  DraftRequest,
  DraftView,
  Drawn,
  EntryPage,
  EntryView,
  FeedPage,
  FloorView,
  FollowedInvitation,
  GuardFlag,
  InvitationRequest,
  InvitationView,
  JsonFields,
  LogEntry,
  LogPage,
  LogRequest,
  MadeInvitation,
  MapPackView,
  NodeStatus,
  NowView,
  OfficersView,
  OrderBody,
  Orders,
  Phrasebook,
  PositionsView,
  PrecedenceName,
  ReadingView,
  Recorded,
  Renderings,
  RosterPreview,
  SearchPage,
  SearchQuery,
  SessionView,
  SheetView,
  SignOn,
  SituationView,
  StandingOrder,
} from './wire';

export interface PresentedKey {
  readonly public_key: string;
  readonly possession: string;
}

/** Every method throws `Problem`. */
export interface NodeClient {
  /** Who is signed on here; null where nobody is. */
  readonly session: () => Promise<SessionView | null>;
  readonly challenge: (position: string) => Promise<ChallengeView>;
  readonly signOn: (answer: SignOn) => Promise<SessionView>;
  readonly signOff: () => Promise<void>;
  readonly invitation: (token: string) => Promise<InvitationView>;
  readonly present: (token: string, key: PresentedKey) => Promise<InvitationView>;

  /** The officers of this member. */
  readonly officers: () => Promise<OfficersView>;
  /** For registrars on duty: offer a position, follow the offer, call it off. */
  readonly invite: (asked: InvitationRequest) => Promise<MadeInvitation>;
  readonly followInvitation: (id: string) => Promise<FollowedInvitation>;
  readonly refuseInvitation: (id: string) => Promise<FollowedInvitation>;

  readonly floor: () => Promise<FloorView>;
  readonly status: () => Promise<NodeStatus>;
  readonly now: () => Promise<NowView>;
  readonly feed: (desk: string, before: string | null) => Promise<FeedPage>;
  readonly cases: (desk: string, before: string | null, over: boolean | null) => Promise<CasesPage>;
  readonly case: (reference: string) => Promise<CaseView>;
  readonly situation: () => Promise<SituationView>;
  readonly mapPacks: () => Promise<readonly MapPackView[]>;
  readonly checkDrawn: (drawn: Drawn) => Promise<CheckedView>;
  readonly submit: (statement: Bytes, content: Bytes) => Promise<Recorded>;

  readonly entry: (reference: string) => Promise<EntryView>;
  readonly proof: (reference: string) => Promise<Bytes>;
  /** The last of the record, or what is before a page that came before; in causal order. */
  readonly log: (before: string | null) => Promise<EntryPage>;
  readonly search: (query: SearchQuery, cursor: string | null) => Promise<SearchPage>;

  readonly phrasebook: () => Promise<Phrasebook>;
  readonly phrase: (id: string, slots: JsonFields) => Promise<Renderings>;
  readonly guard: (text: string, language: string, precedence: PrecedenceName) => Promise<readonly GuardFlag[]>;

  /** This member's positions that officers hold now. */
  readonly positions: () => Promise<PositionsView>;
  readonly rosterPreview: (roster: JsonFields) => Promise<RosterPreview>;
  /** The card from which a statement is read aloud. */
  readonly reading: (reference: string, language: string) => Promise<ReadingView>;

  readonly drafts: () => Promise<DraftPage>;
  readonly createDraft: (draft: DraftRequest) => Promise<DraftView>;
  readonly changeDraft: (id: string, version: number, draft: DraftRequest) => Promise<DraftView>;
  readonly deleteDraft: (id: string, version: number) => Promise<void>;

  readonly watchLog: (before: number | null) => Promise<LogPage>;
  readonly addToLog: (entry: LogRequest) => Promise<LogEntry>;
  readonly contacts: () => Promise<Contacts>;
  /** A new one where no `kept` is given, else the next version of it. */
  readonly keepContact: (body: ContactBody, kept: Contact | null) => Promise<Contact>;
  readonly deleteContact: (kept: Contact) => Promise<void>;
  readonly orders: () => Promise<Orders>;
  readonly keepOrder: (body: OrderBody, kept: StandingOrder | null) => Promise<StandingOrder>;
  readonly deleteOrder: (kept: StandingOrder) => Promise<void>;

  /** Makes the sheet of a handover to a position, and keeps it under its digest. */
  readonly makeSheet: (to: string) => Promise<SheetView>;
  readonly sheet: (digest: string) => Promise<SheetView>;
  /** The continuity sheet as of now, as PDF. */
  readonly continuity: (language: string) => Promise<Bytes>;

  /** The live channel to the node. */
  readonly channel: Channel;
}

export const ClientContext = createContext<NodeClient | null>(null);

export function useClient(): NodeClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('outside ClientContext');
  return client;
}
