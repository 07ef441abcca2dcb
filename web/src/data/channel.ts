// The live channel: one WebSocket, resumed by sequence number. What it says are hints to read again; a message missed does
// no harm once the views are read anew. It comes back by itself, each time a little later (`BACK_OFF_MS`), with some chance in it so that the tabs of a
// node that restarts do not all come at once. A channel that is silent for SILENT_MS counts as lost: the node beats every 15 s.

import type { NewsMessage } from './wire';

export interface Heard {
  readonly opened: () => void;
  readonly said: (text: string) => void;
  readonly closed: (code: number) => void;
}

export interface OpenChannel {
  readonly say: (text: string) => void;
  readonly close: () => void;
}

/** Where a tab was: the last message it had, and in which epoch. */
export interface Since {
  readonly since: number | null;
  readonly epoch: string | null;
}

export type Channel = (since: Since, heard: Heard) => OpenChannel;

export const BEAT_MS = 15_000;
export const SILENT_MS = 40_000;
export const BACK_OFF_MS = [250, 500, 1_000, 2_000, 4_000, 8_000] as const;
const SESSION_ENDED = 4001;

export function backOffMs(attempt: number, chance: number): number {
  const whole = BACK_OFF_MS[Math.min(attempt, BACK_OFF_MS.length - 1)] ?? 8_000;
  return Math.round(whole * (0.75 + 0.5 * chance));
}

/** What the caller is told: news, that everything must be read anew, that the line to the node opened or closed. */
export type Told =
  | { readonly kind: 'news'; readonly news: NewsMessage }
  | { readonly kind: 'anew' }
  | { readonly kind: 'line'; readonly open: boolean }
  /** `why`: as the node told it, null where it told nothing. */
  | { readonly kind: 'signed-off'; readonly why: string | null };

export interface Timers {
  readonly later: (run: () => void, ms: number) => () => void;
  readonly chance: () => number;
}

export const REAL_TIMERS: Timers = {
  later: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  chance: Math.random,
};

/** Follows the channel until it is ended. */
export class Following {
  private readonly channel: Channel;
  private readonly tell: (told: Told) => void;
  private readonly timers: Timers;
  private since: Since = { since: null, epoch: null };
  private attempt = 0;
  private open: OpenChannel | null = null;
  private hush: () => void = () => undefined;
  private beating: () => void = () => undefined;
  private ended = false;
  private greeted = false;
  private toldWhy = false;

  constructor(channel: Channel, tell: (told: Told) => void, timers: Timers = REAL_TIMERS) {
    this.channel = channel;
    this.tell = tell;
    this.timers = timers;
    this.connect();
  }

  /** The officer did something: the session goes on. */
  active(): void {
    this.open?.say('{"type":"active"}');
  }

  end(): void {
    this.ended = true;
    this.hush();
    this.beating();
    this.open?.close();
  }

  private connect(): void {
    if (this.ended) return;
    this.greeted = false;
    this.toldWhy = false;
    this.open = this.channel(this.since, {
      opened: () => this.listen(),
      said: (text) => this.take(text),
      closed: (code) => this.lost(code),
    });
    this.listen();
  }

  private listen(): void {
    this.hush();
    this.hush = this.timers.later(() => {
      this.open?.close();
      this.lost(0);
    }, SILENT_MS);
  }

  private beat(): void {
    this.beating();
    this.beating = this.timers.later(() => {
      this.open?.say('{"type":"beat"}');
      this.beat();
    }, BEAT_MS);
  }

  private take(text: string): void {
    const news = newsIn(text);
    if (!news || this.ended) return;
    this.listen();
    if (news.type === 'hello') {
      const resumes = this.since.epoch !== null;
      this.greeted = true;
      this.attempt = 0;
      this.beat();
      this.tell({ kind: 'line', open: true });
      if (resumes && !news.resumed) this.tell({ kind: 'anew' });
      this.since = { epoch: news.epoch, since: news.resumed ? this.since.since : news.seq };
      return;
    }
    this.since = { ...this.since, since: Math.max(news.seq, this.since.since ?? 0) };
    if (news.type === 'session') {
      this.toldWhy = true;
      this.tell({ kind: 'signed-off', why: news.ended ?? null });
    } else if (news.type === 'reset') this.tell({ kind: 'anew' });
    else if (news.type !== 'beat') this.tell({ kind: 'news', news });
  }

  private lost(code: number): void {
    if (this.ended) return;
    this.hush();
    this.beating();
    this.open = null;
    this.tell({ kind: 'line', open: false });
    // A tab that is not signed on is not let in at all: whoever listens asks who is signed on.
    // Why a session ended was told before its line was closed, and is not told again without the reason.
    if ((code === SESSION_ENDED && !this.toldWhy) || !this.greeted) this.tell({ kind: 'signed-off', why: null });
    this.hush = this.timers.later(() => this.connect(), backOffMs(this.attempt, this.timers.chance()));
    this.attempt += 1;
  }
}

function newsIn(text: string): NewsMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    const given = value as { readonly type?: unknown; readonly seq?: unknown };
    return typeof given?.type === 'string' && typeof given.seq === 'number' ? (value as NewsMessage) : null;
  } catch {
    return null;
  }
}
