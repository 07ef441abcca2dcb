// How the page looks on this terminal: theme, contrast and what is shown. Kept in this browser, told to the style sheets as
// attributes of the root element. What cannot be read back is as if it had never been set.

export const THEMES = ['day', 'night'] as const;
export const CONTRASTS = ['usual', 'more'] as const;
export const MODES = ['floor', 'watch'] as const;

export type Theme = (typeof THEMES)[number];
export type Contrast = (typeof CONTRASTS)[number];
/** `floor` shows every desk; `watch` shows Now, Line and STOP only. */
export type Mode = (typeof MODES)[number];

export interface Look {
  readonly theme: Theme;
  readonly contrast: Contrast;
  readonly mode: Mode;
}

const KEY = 'parley.look';
export const FIRST_LOOK: Look = { theme: 'day', contrast: 'usual', mode: 'floor' };

export function parseLook(text: string | null): Look {
  let given: unknown = null;
  try {
    given = JSON.parse(text ?? 'null');
  } catch {
    // as if never set
  }
  const fields = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  return {
    theme: THEMES.find((one) => one === fields['theme']) ?? FIRST_LOOK.theme,
    contrast: CONTRASTS.find((one) => one === fields['contrast']) ?? FIRST_LOOK.contrast,
    mode: MODES.find((one) => one === fields['mode']) ?? FIRST_LOOK.mode,
  };
}

export const storedLook = (): Look => parseLook(localStorage.getItem(KEY));

export function wear(look: Look): void {
  localStorage.setItem(KEY, JSON.stringify(look));
  Object.assign(document.documentElement.dataset, { theme: look.theme, contrast: look.contrast, mode: look.mode });
}
