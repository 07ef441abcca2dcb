// What the page's hand-written types say of the node's answers, beside the types made from the node's own description. Compiled
// by `test_contract`, never run. The node says `string` for most words, so texts are compared as such; which words there are is
// compared apart.

import type * as page from 'page/data/wire';
import type * as node from './node';
import type * as words from './words';

/** `T` with any text where it has certain words, and readonly throughout, as the page reads it. */
type Loose<T> = [node.JsonOutput] extends [T]
  ? unknown
  : T extends string
    ? string
    : T extends readonly (infer One)[]
      ? readonly Loose<One>[]
      : T extends Readonly<Record<page.PrecedenceName, infer One>>
        ? Readonly<Record<string, Loose<One>>>
        : T extends object
        ? { readonly [Name in keyof T]: Loose<T[Name]> }
        : T;

/** Names that the page knows and the node does not, at any depth. */
type Unknown<Page, Node> = Page extends readonly (infer P)[]
  ? Node extends readonly (infer N)[]
    ? Unknown<P, N>
    : never
  : Page extends object
    ? Node extends object
      ? string extends keyof Page
        ? never
        : Exclude<keyof Page, keyof Node> | { [K in keyof Page & keyof Node]: Unknown<NonNullable<Page[K]>, NonNullable<Node[K]>> }[keyof Page & keyof Node]
      : never
    : never;

type Nothing<Names> = [Names] extends [never] ? true : { readonly unknown: Names };
type Same<One, Other> = [One] extends [Other]
  ? [Other] extends [One]
    ? true
    : { readonly lacking: Exclude<Other, One> }
  : { readonly unknown: Exclude<One, Other> };

/** Whether one may stand for the other; what says otherwise where it may not. */
type Fits<From, To> = [From] extends [To]
  ? true
  : { readonly otherwise: { [Name in keyof To]: Name extends keyof From ? ([From[Name]] extends [To[Name]] ? never : Name) : Name }[keyof To] };

/** An answer of the node is what the page takes it for, and the page knows no name in it that the node does not. */
type Answer<Node, Page> = Fits<Loose<Node>, Loose<Page>> extends true ? Nothing<Unknown<Page, Node>> : Fits<Loose<Node>, Loose<Page>>;
/** What the page sends is what the node takes. */
type Request<Page, Node> = Fits<Page, Loose<Node>> extends true ? Nothing<Unknown<Page, Node>> : Fits<Page, Loose<Node>>;

type News<Type extends page.NewsMessage['type']> = Extract<page.NewsMessage, { readonly type: Type }>;

function holds<_ extends true>(): void {}

// Answers, by operation.
holds<Answer<node.WhoAmIResponse, page.SessionView>>();
holds<Answer<node.SignOnResponse, page.SessionView>>();
holds<Answer<node.AskChallengeResponse, page.ChallengeView>>();
holds<Answer<node.OpenInvitationResponse, page.InvitationView>>();
holds<Answer<node.PresentKeyResponse, page.InvitationView>>();
holds<Answer<node.CreateInvitationResponse, page.MadeInvitation>>();
holds<Answer<node.ReadInvitationResponse, page.FollowedInvitation>>();
holds<Answer<node.RefuseInvitationResponse, page.FollowedInvitation>>();
holds<Answer<node.ListOfficersResponse, page.OfficersView>>();
holds<Answer<node.ReadFloorResponse, page.FloorView>>();
holds<Answer<node.ReadStatusResponse, page.NodeStatus>>();
holds<Answer<node.ReadNowResponse, page.NowView>>();
holds<Answer<node.ReadFeedResponse, page.FeedPage>>();
holds<Answer<node.ListCasesResponse, page.CasesPage>>();
holds<Answer<node.ReadCaseResponse, page.CaseView>>();
holds<Answer<node.ReadSituationResponse, page.SituationView>>();
holds<Answer<node.ListMapPacksResponse, { readonly packs: readonly (Omit<page.MapPackView, 'features'> & { readonly features: Readonly<Record<string, unknown>> })[] }>>();
holds<Answer<node.CheckDrawnResponse, page.CheckedView>>();
holds<Answer<node.SubmitStatementResponse, page.Recorded>>();
holds<Answer<node.ReadEntryResponse, page.EntryView>>();
holds<Answer<node.ListEntriesResponse, page.EntryPage>>();
holds<Answer<node.SearchResponse, page.SearchPage>>();
holds<Answer<node.ReadPhrasebookResponse, page.Phrasebook>>();
holds<Answer<node.RenderPhraseResponse, { readonly renderings: page.Renderings }>>();
holds<Answer<node.CheckTextResponse, { readonly flags: readonly page.GuardFlag[] }>>();
holds<Answer<node.ReadPositionsResponse, page.PositionsView>>();
holds<Answer<node.PreviewRosterResponse, page.RosterPreview>>();
holds<Answer<node.ReadAloudResponse, page.ReadingView>>();
holds<Answer<node.ListDraftsResponse, page.DraftPage>>();
holds<Answer<node.CreateDraftResponse, page.DraftView>>();
holds<Answer<node.ChangeDraftResponse, page.DraftView>>();

holds<Answer<node.ListLogResponse, page.LogPage>>();
holds<Answer<node.AddToLogResponse, page.LogEntry>>();
holds<Answer<node.ListContactsResponse, page.Contacts>>();
holds<Answer<node.AddContactResponse, page.Contact>>();
holds<Answer<node.ChangeContactResponse, page.Contact>>();
holds<Answer<node.ListOrdersResponse, page.Orders>>();
holds<Answer<node.AddOrderResponse, page.StandingOrder>>();
holds<Answer<node.ChangeOrderResponse, page.StandingOrder>>();
holds<Answer<node.MakeSheetResponse, page.SheetView>>();
holds<Answer<node.ReadSheetResponse, page.SheetView>>();

// Requests, by operation.
holds<Request<{ readonly position: string }, node.AskChallengeData['body']>>();
holds<Request<page.SignOn, node.SignOnData['body']>>();
holds<Request<{ readonly public_key: string; readonly possession: string }, node.PresentKeyData['body']>>();
holds<Request<page.InvitationRequest, node.CreateInvitationData['body']>>();
holds<Request<page.Drawn, node.CheckDrawnData['body']>>();
holds<Request<page.DraftRequest, node.CreateDraftData['body']>>();
holds<Request<page.DraftRequest, node.ChangeDraftData['body']>>();
holds<Request<{ readonly id: string; readonly slots: page.JsonFields }, node.RenderPhraseData['body']>>();
holds<Request<{ readonly text: string; readonly language: string; readonly precedence: page.PrecedenceName }, node.CheckTextData['body']>>();
holds<Request<{ readonly roster: page.JsonFields }, node.PreviewRosterData['body']>>();

holds<Request<page.LogRequest, node.AddToLogData['body']>>();
holds<Request<page.ContactBody, node.AddContactData['body']>>();
holds<Request<page.ContactBody, node.ChangeContactData['body']>>();
holds<Request<page.OrderBody, node.AddOrderData['body']>>();
holds<Request<page.OrderBody, node.ChangeOrderData['body']>>();
holds<Request<{ readonly to: string }, node.MakeSheetData['body']>>();

// Queries, by operation.
holds<Request<{ readonly desk: string; readonly before?: string }, node.ReadFeedData['query']>>();
holds<Request<page.SearchQuery & { readonly cursor?: string }, node.SearchData['query']>>();
holds<Request<{ readonly desk: string; readonly before?: string; readonly over?: boolean }, node.ListCasesData['query']>>();
holds<Request<{ readonly cursor?: string }, NonNullable<node.ListEntriesData['query']>>>();

// News of the live channel.
holds<Answer<node.EntryNews, News<'entry'>>>();
holds<Answer<node.ReceiptNews, News<'receipt'>>>();
holds<Answer<node.VerifiedNews, News<'verified'>>>();
holds<Answer<node.ForkNews, News<'fork'>>>();
holds<Answer<node.LineNews, News<'line'>>>();
holds<Answer<node.DraftNews, News<'draft'>>>();
holds<Answer<node.PrivateNews, News<'private'>>>();
holds<Answer<node.CaseNews, News<'case'>>>();
holds<Answer<node.RingNews, News<'ring'>>>();
holds<Answer<node.AheadNews, News<'ahead'>>>();
holds<Same<page.NewsMessage['type'], words.NewsType | 'hello' | 'reset' | 'beat' | 'session'>>();

// Words: those that the page knows are all that the node has.
holds<Same<page.PrecedenceName, words.Precedence>>();
holds<Same<page.RoleName, words.Role>>();
holds<Same<page.FieldKind, words.FieldKind>>();
holds<Same<page.PhraseSlot['kind'], words.SlotKind>>();
holds<Same<page.GuardFlag['severity'], words.Severity>>();
holds<Same<page.DraftState, words.DraftState>>();
holds<Same<page.InvitationState, words.InvitationState>>();
holds<Same<page.RingView['stage'], words.Stage>>();
holds<Same<page.SilenceView['standing'], words.Standing>>();
holds<Same<page.SilenceView['cause'], words.Cause>>();
