// When the alarm was silenced at this terminal, and what rang then: the latest hundred, in this browser.

export interface Silenced {
  readonly atMs: number;
  readonly rings: readonly string[];
}

const KEY = 'parley.silences';
const KEPT = 100;

export function silenceLog(): readonly Silenced[] {
  try {
    const given: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(given) ? (given as readonly Silenced[]) : [];
  } catch {
    return [];
  }
}

export function noteSilence(silenced: Silenced): void {
  localStorage.setItem(KEY, JSON.stringify([silenced, ...silenceLog()].slice(0, KEPT)));
}
