// A text between quotation marks, as the node's reasons quote it: what cannot be seen is written by its number.

const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;
const SHORT: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export function pythonQuoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = Array.from(text, (one) => {
    if (one === mark) return `\\${one}`;
    return SHORT[one] ?? (one !== ' ' && UNSEEN.test(one) ? numbered(one.codePointAt(0) ?? 0) : one);
  });
  return `${mark}${inside.join('')}${mark}`;
}

function numbered(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}
