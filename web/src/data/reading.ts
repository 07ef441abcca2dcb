// Reading views anew as news come: many pieces of news together make one reading of each view, and a view that is being read is
// not asked again before its answer is there. Under a flood of news views come as fast as the node answers, and never starve.

import type { Timers } from './channel';
import type { ViewKey } from './news';

export const TOGETHER_MS = 50;

export class Reading {
  private readonly read: (key: ViewKey) => Promise<void>;
  private readonly timers: Pick<Timers, 'later'>;
  private readonly busy = new Set<string>();
  private wanted = new Map<string, ViewKey>();
  private cancel: (() => void) | null = null;
  private ended = false;

  /** `read` ends once the answer is there, and never fails. */
  constructor(read: (key: ViewKey) => Promise<void>, timers: Pick<Timers, 'later'>) {
    this.read = read;
    this.timers = timers;
  }

  want(keys: readonly ViewKey[]): void {
    for (const key of keys) this.wanted.set(key.join(' '), key);
    if (!this.ended && this.wanted.size > 0) this.cancel ??= this.timers.later(() => this.flush(), TOGETHER_MS);
  }

  end(): void {
    this.ended = true;
    this.cancel?.();
  }

  private flush(): void {
    this.cancel = null;
    const due = [...this.wanted].filter(([name]) => !this.busy.has(name));
    for (const [name, key] of due) {
      this.wanted.delete(name);
      if (!due.some(([, other]) => isWider(other, key))) void this.ask(name, key);
    }
  }

  private async ask(name: string, key: ViewKey): Promise<void> {
    this.busy.add(name);
    await this.read(key);
    this.busy.delete(name);
    this.want([]);
  }
}

/** Whether asking for `one` asks for `other` too. */
function isWider(one: ViewKey, other: ViewKey): boolean {
  return one.length < other.length && one.every((part, at) => part === other[at]);
}
