// SIMULATION: a node of AAA in memory, behind the same interface as the real one. It takes signed statements as the real one
// does: their signature is checked against the key that the page signs with, their content read out of the bytes.

import { equal, fromBase64, hex } from '../crypto/bytes';
import type { CborValue } from '../crypto/cbor';
import type { Channel, Heard } from '../data/channel';
import type { NodeClient } from '../data/client';
import type { Floor } from '../data/floor';
import { Problem } from '../data/problem';
import type {
  CaseView,
  ClockView,
  DraftView,
  EntryView,
  FeedItem,
  FollowedInvitation,
  ItemView,
  Json,
  JsonFields,
  LogEntry,
  MadeInvitation,
  NodeStatus,
  RingView,
  SilenceView,
} from '../data/wire';
import { subjectKind } from '../floor/acts/subject';
import { told } from '../floor/desk/cases';
import { contentDigest, decodeContent } from '../record/content';
import { letterIn } from '../record/references';
import { PRECEDENCES, parseStatement } from '../record/statement';
import proofs from '../vectors/proofs.json';
import { SIMULATED_OFFICERS, SIMULATED_SESSION } from './floor';
import { taken } from './fold';
import { SIMULATED_PHRASEBOOK, simulatedRenderings } from './phrasebook';
import { found } from './search';
import { SIMULATED_POSITIONS, simulatedPreview, simulatedReading } from './watch';

export interface World {
  readonly nowMs: () => number;
  readonly cases: readonly CaseView[];
  readonly silence: readonly SilenceView[];
  readonly status: NodeStatus;
  /** How the node behaves: answers, keeps silent, refuses everything, or has lost the page. */
  readonly manner: 'answers' | 'silent' | 'refuses' | 'lost';
}

const GUARDED = /\b(\d{1,2}:\d{2})\b(?!\s*UTC)/;

export class SimulatedNode {
  private readonly floor: Floor;
  private readonly world: World;
  private cases: readonly CaseView[];
  private drafts: readonly DraftView[] = [];
  private log: readonly LogEntry[] = [];
  private heard: Heard | null = null;
  private invitation: FollowedInvitation | null = null;
  private seq = 0;
  private next = 200;

  constructor(floor: Floor, world: World) {
    this.floor = floor;
    this.world = world;
    this.cases = world.cases;
  }

  readonly client: NodeClient = {
    session: async () => SIMULATED_SESSION,
    challenge: async () => ({ challenge: 'AAECAwQFBgcICQoLDA0ODw', expires_ms: 0 }),
    signOn: async () => SIMULATED_SESSION,
    signOff: async () => undefined,
    invitation: () => this.refuse('invitation.unknown'),
    present: () => this.refuse('invitation.unknown'),

    floor: () => this.answer(() => this.floor.view),
    status: () => this.answer(() => this.world.status),
    now: () =>
      this.answer(() => ({
        now_ms: this.world.nowMs(),
        clocks: this.clocks(),
        rings: this.rings(),
        silence: this.world.silence,
        proof_due_ms: null,
        watches: [],
      })),
    feed: (desk) => this.answer(() => ({ items: this.feed(desk), next: null })),
    cases: (desk, _, over) =>
      this.answer(() => ({
        cases: this.cases
          .filter((one) => one.desk === desk && (over === null || one.over === over))
          .map((one) => this.clocked(one)),
        next: null,
      })),
    case: (reference) => this.answer(() => this.clocked(this.found(reference))),
    situation: () => this.answer(() => ({ items: [], conflicts: [], complete: true })),
    mapPacks: () => this.answer(() => []),
    checkDrawn: () => this.answer(() => ({ meetings: [], doubts: [], short_ms: null })),
    submit: (statement, content) => this.answer(() => this.submit(statement, content)),

    entry: (reference) => this.answer(() => this.entry(reference)),
    proof: async () => fromBase64(proofs[0]?.file ?? ''),
    log: () =>
      this.answer(() => ({
        banner: this.floor.view.banner,
        entries: this.cases.flatMap((one) => one.items).map((item) => this.entry(item.reference)),
        next: null,
      })),

    search: (query) => this.answer(() => found(this.floor, this.cases, query)),

    phrasebook: () => this.answer(() => SIMULATED_PHRASEBOOK),
    phrase: (id, slots) => this.answer(() => simulatedRenderings(id, slots)),
    guard: (text) =>
      this.answer(() => {
        const found = GUARDED.exec(text);
        return found
          ? [
              {
                code: 'time.bare',
                start: found.index,
                end: found.index + found[0].length,
                found: found[0],
                sentence: 'A time without a zone: write UTC after it.',
                rule: null,
                severity: 'warn',
              },
            ]
          : [];
      }),

    positions: () => this.answer(() => SIMULATED_POSITIONS),
    rosterPreview: (roster) => this.answer(() => simulatedPreview(roster, this.world.nowMs())),
    reading: (reference, language) => this.answer(() => simulatedReading(this.floor, this.itemAt(reference), language)),
    officers: () => this.answer(() => ({ officers: SIMULATED_OFFICERS, binding: [] })),
    invite: ({ position, mandates }) => this.answer(() => this.invited(position, mandates)),
    followInvitation: () => this.answer(() => this.known()),
    refuseInvitation: () =>
      this.answer(() => {
        this.invitation = { ...this.known(), state: 'refused' };
        return this.invitation;
      }),

    drafts: () => this.answer(() => ({ drafts: this.drafts, next: null })),
    createDraft: ({ state, reference: _, ...body }) =>
      this.answer(() => {
        const id = String(this.drafts.length + 1);
        return this.kept({
          id,
          version: 1,
          state,
          author: SIMULATED_SESSION.position,
          updated_ms: this.world.nowMs(),
          body,
          reference: null,
          notes: [],
        });
      }),
    changeDraft: (id, version, { state, reference, ...body }) =>
      this.answer(() => {
        const before = this.drafts.find((one) => one.id === id);
        if (!before || before.version !== version)
          throw new Problem({ code: 'draft.changed', reason: 'it was changed meanwhile' });
        return this.kept({ ...before, version: version + 1, state, body, reference: reference ?? null });
      }),
    deleteDraft: (id) =>
      this.answer(() => {
        this.drafts = this.drafts.filter((one) => one.id !== id);
      }),

    watchLog: () => this.answer(() => ({ entries: this.log.toReversed(), next: null })),
    addToLog: (entry) =>
      this.answer(() => {
        const made: LogEntry = {
          ...entry,
          number: this.log.length + 1,
          at_ms: this.world.nowMs(),
          position: SIMULATED_SESSION.position,
          corrects: entry.corrects ?? null,
          corrected_by: null,
        };
        this.log = [...this.log, made];
        return made;
      }),
    contacts: () => this.answer(() => ({ contacts: [] })),
    keepContact: () => this.refuse('contact.too-many'),
    deleteContact: () => this.refuse('contact.unknown'),
    orders: () => this.answer(() => ({ orders: [] })),
    keepOrder: () => this.refuse('order.too-many'),
    deleteOrder: () => this.refuse('order.unknown'),

    makeSheet: () => this.refuse('sheet.to'),
    sheet: () => this.refuse('sheet.unknown'),
    continuity: () => this.refuse('sheet.fonts'),

    channel: ((_, heard) => {
      this.heard = heard;
      queueMicrotask(() => {
        if (this.world.manner === 'lost') heard.closed(1006);
        else heard.said(JSON.stringify({ seq: this.seq, type: 'hello', epoch: 'simulation', resumed: false }));
      });
      return { say: () => undefined, close: () => undefined };
    }) satisfies Channel,
  };

  // ---- taking statements in -------------------------------------------------------------------------------------------

  private submit(raw: Uint8Array, contentRaw: Uint8Array) {
    const { fields, digest } = parseStatement(raw);
    if (!equal(contentDigest(contentRaw), fields.contentDigest)) {
      throw new Problem({ code: 'content.mismatch', reason: 'the content is not the one that was signed' }, 400);
    }
    const content = Object.fromEntries(Array.from(decodeContent(contentRaw), ([name, value]) => [name, plain(value)]));
    const reference = `${this.floor.me} ${this.next++}`;
    const [, position = ''] = fields.issuer.split('/');
    const whole = fields.caseRef === null ? null : this.found(fields.caseRef);
    const digests = new Map(this.cases.flatMap((one) => one.items).map((item) => [item.digest, item.reference]));
    const item = this.made(
      {
        reference,
        case: whole?.reference ?? reference,
        digest: hex(digest),
        at_ms: this.world.nowMs(),
        author: this.floor.me,
        position,
        mandate: fields.mandate,
        kind: fields.kind,
        understood: this.floor.kind(fields.kind) !== null,
        precedence: PRECEDENCES[fields.precedence],
        addressees: this.floor.view.members
          .filter((one) => (fields.addressees >> one.ordinal) & 1)
          .map((one) => one.code),
        channel: this.floor.view.channels.find((one) => one.index === fields.channel)?.name ?? '',
        about: fields.repliesTo.flatMap((one) => digests.get(hex(one)) ?? []),
        content,
      },
      whole,
    );
    const next = whole ? taken(this.floor, whole, item) : this.opened(item);
    this.cases = [next, ...this.cases.filter((one) => one.reference !== next.reference)];
    this.say({ type: 'case', reference: next.reference, acts: [reference] });
    return { reference, log: this.floor.me, seq: this.next - 1, digest: item.digest };
  }

  private made(
    told: Pick<
      ItemView,
      | 'reference'
      | 'case'
      | 'digest'
      | 'at_ms'
      | 'author'
      | 'position'
      | 'mandate'
      | 'kind'
      | 'understood'
      | 'precedence'
      | 'addressees'
      | 'channel'
      | 'about'
    > & { readonly content: JsonFields },
    whole: CaseView | null,
  ): ItemView {
    const bare: ItemView = {
      ...told,
      sight: null,
      because: null,
      superseded: null,
      released: '',
      emergency: null,
      renditions: [],
      questioned: false,
      critical: [],
      ladders: [],
      held_by: [],
      phrase: phraseOf(told.content),
    };
    const kind = subjectKind(this.floor, bare, whole);
    const critical = (kind?.fields ?? []).filter((field) => field.critical && field.name in told.content);
    const limit = this.floor.view.clocks.acknowledge_ms[told.precedence];
    const isAcknowledged = this.floor.kind(told.kind)?.acknowledged === true;
    return {
      ...bare,
      critical: critical.map(({ name, kind: sort, title }) => ({
        name,
        kind: sort,
        title,
        said: null,
      })),
      ladders: isAcknowledged
        ? told.addressees.map((member) => ({
            member,
            rungs: [],
            acknowledged: false,
            mismatched: [],
            declined: null,
            due_ms: told.at_ms + limit,
            units: [],
            units_due_ms: null,
          }))
        : [],
    };
  }

  private opened(item: ItemView): CaseView {
    const procedure = this.floor.procedureOf(item.kind);
    const state = procedure?.states.find((one) => one.name === procedure.initial);
    const title = state?.title ?? { en: '' };
    return {
      reference: item.reference,
      desk: this.floor.deskOf(item.kind)?.name ?? 'line',
      kind: item.kind,
      state: state?.name ?? '',
      state_title: title,
      over: false,
      final: false,
      channel: item.channel,
      opener: item.author,
      opened_ms: item.at_ms,
      moved_ms: item.at_ms,
      cursor: '0.0',
      items: [item],
      entered: [{ state: state?.name ?? '', title, by: item.reference, at_ms: item.at_ms }],
      clarifications: [],
      clocks: [],
      moves: [],
      responses: [],
    };
  }

  // ---- what is known ----------------------------------------------------------------------------------------------------

  private feed(desk: string): readonly FeedItem[] {
    return this.cases
      .filter((one) => one.desk === desk)
      .flatMap((one) =>
        told(one).map((item) => ({ item, state: one.state, over: one.over, opener: item.reference === one.reference })),
      )
      .toSorted(
        (left, right) => right.item.at_ms - left.item.at_ms || (left.item.reference < right.item.reference ? 1 : -1),
      );
  }

  private clocks(): readonly ClockView[] {
    return this.cases.flatMap((one) => this.clocksOf(one)).toSorted((left, right) => left.due_ms - right.due_ms);
  }

  private clocked(one: CaseView): CaseView {
    return { ...one, clocks: this.clocksOf(one) };
  }

  private clocksOf(one: CaseView): readonly ClockView[] {
    if (one.over) return [];
    const base = { case: one.reference, kind: one.kind, desk: one.desk, stopped_ms: null };
    const acknowledge = one.items
      .filter((item) => item.because === null && item.superseded === null)
      .flatMap((item) =>
        item.ladders
          .filter((ladder) => !ladder.acknowledged)
          .map(
            (ladder): ClockView => ({
              ...base,
              name: 'acknowledge',
              title: { en: 'Acknowledge', ar: 'إقرار الاستلام', he: 'אישור קבלה' },
              about: item.reference,
              member: ladder.member,
              precedence: item.precedence,
              since_ms: item.at_ms,
              due_ms: ladder.due_ms ?? item.at_ms,
              stored: ladder.rungs.some((rung) => rung.rung === 'stored'),
            }),
          ),
      );
    const opening = one.items[0];
    if (one.kind !== 'proof' || !opening || one.state !== 'asked') return acknowledge;
    const title = { en: 'Answer the proof of life', ar: 'الرد على إثبات التواجد', he: 'מענה להוכחת נוכחות' };
    return opening.addressees.map((member) => ({
      ...base,
      name: 'line.present',
      title,
      about: opening.reference,
      member,
      precedence: opening.precedence,
      since_ms: opening.at_ms,
      due_ms: opening.at_ms + 600_000,
      stored: true,
    }));
  }

  private rings(): readonly RingView[] {
    return this.clocks()
      .filter((clock) => clock.name === 'acknowledge' && clock.member === this.floor.me)
      .flatMap((clock): readonly RingView[] => {
        const item = this.cases.flatMap((one) => one.items).find((one) => one.reference === clock.about);
        if (!item || item.author === this.floor.me || item.precedence === 'ROUTINE') return [];
        const { about: reference, case: whole, precedence, since_ms, due_ms } = clock;
        const missed = this.world.nowMs() >= due_ms;
        return [
          {
            reference,
            case: whole,
            kind: item.kind,
            author: `${item.author}/${item.position}`,
            precedence,
            stage: missed ? 'alternates' : 'first',
            alternates: missed ? 3 : 0,
            whose: clock.member,
            since_ms,
            due_ms,
            positions: [],
          },
        ];
      });
  }

  private itemAt(reference: string): ItemView {
    const item = this.cases.flatMap((one) => one.items).find((one) => one.reference === reference);
    if (!item)
      throw new Problem(
        { code: 'api.not-found', reason: `nothing stands at ${reference} here`, rule: 'as in AAA 42' },
        404,
      );
    return item;
  }

  private entry(reference: string): EntryView {
    const item = this.itemAt(reference);
    const [log = '', seq = '0'] = reference.split(' ');
    return {
      reference,
      letter: letterIn(reference, this.floor.codes),
      log,
      seq: Number(seq),
      at_ms: item.at_ms,
      clock: 1,
      standing: 'provisional',
      receipt: false,
      author: `${item.author}/${item.position}`,
      kind: item.kind,
      precedence: item.precedence,
      addressees: item.addressees,
      case: item.case === reference ? null : item.case,
      void: item.because?.reason ?? null,
      sight: item.sight,
      content: item.content,
      receipts: item.ladders.flatMap(({ member, rungs }) =>
        rungs
          .filter((rung) => rung.rung === 'stored')
          .map((rung) => ({ holder: member, reference: rung.reference, at_ms: rung.at_ms })),
      ),
    };
  }

  private found(reference: string): CaseView {
    const found = this.cases.find((one) => one.reference === reference);
    if (!found)
      throw new Problem({ code: 'case.unknown', reason: `no case ${reference} is known here`, field: 'case' }, 404);
    return found;
  }

  /** An invitation that nobody answers: the gallery shows how it is offered. */
  private invited(position: string, mandates: readonly string[]): MadeInvitation {
    const nothing = { public_key: null, possession: null, fingerprint: null };
    const expires_ms = this.world.nowMs() + 900_000;
    this.invitation = { id: 'simulation', state: 'open', position, mandates, expires_ms, ...nothing };
    return { ...this.invitation, token: 'simulation', link: 'SIMULATION', qr: ['101', '010', '101'] };
  }

  private known(): FollowedInvitation {
    if (!this.invitation) throw new Problem({ code: 'invitation.unknown', reason: 'there is no such invitation' });
    return this.invitation;
  }

  private kept(draft: DraftView): DraftView {
    this.drafts = [draft, ...this.drafts.filter((one) => one.id !== draft.id)];
    return draft;
  }

  private say(message: object): void {
    this.seq += 1;
    this.heard?.said(JSON.stringify({ seq: this.seq, ...message }));
  }

  private async answer<Value>(make: () => Value): Promise<Value> {
    if (this.world.manner === 'silent') return new Promise(() => undefined);
    if (this.world.manner === 'refuses') return this.refuse('store.readonly');
    return make();
  }

  private refuse<Value>(code: string): Promise<Value> {
    return Promise.reject(new Problem({ code, reason: 'the disk is full (SIMULATION)', rule: 'free some space' }, 503));
  }
}

function phraseOf(content: JsonFields) {
  const phrase = content['phrase'];
  if (typeof phrase !== 'object' || phrase === null || Array.isArray(phrase)) return null;
  const { id, slots } = phrase as { readonly id?: Json; readonly slots?: Json };
  return simulatedRenderings(String(id), (slots ?? {}) as JsonFields);
}

function plain(value: CborValue): Json {
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof Map) return Object.fromEntries(Array.from(value, ([name, item]) => [String(name), plain(item)]));
  if (Array.isArray(value)) return (value as readonly CborValue[]).map(plain);
  return typeof value === 'bigint' ? Number(value) : (value as Json);
}
