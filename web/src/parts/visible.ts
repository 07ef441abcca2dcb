// Characters that are not seen, or that turn the direction of writing, made visible: `[U+202E]` instead of its effect. What is
// left as it is: line breaks, and joiners where writing needs them (Arabic and Persian, emoji). Pure.

const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cc}\p{Zl}\p{Zp}\u2800\ufff9-\ufffb]/u;
const VARIATION = /[\ufe00-\ufe0f]/;
const JOINER = /[\u200c\u200d]/;
/** After which a joiner or a variation belongs to what is written. */
const JOINED = /[\p{Script=Arabic}\p{Script=Syriac}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}]/u;
const VARIED = /[\p{Emoji}\p{Extended_Pictographic}\p{Script=Han}]/u;

export function visible(text: string): string {
  let shown = '';
  let before = '';
  for (const character of text) {
    shown += needsShowing(character, before) ? name(character) : character;
    before = character;
  }
  return shown;
}

function needsShowing(character: string, before: string): boolean {
  if (character === '\n' || !UNSEEN.test(character)) return false;
  if (JOINER.test(character)) return !JOINED.test(before);
  if (VARIATION.test(character)) return !VARIED.test(before);
  return true;
}

function name(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
}
