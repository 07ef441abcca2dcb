import { expect, it } from 'vitest';
import { pythonQuoted } from './quoted';

it('a text is quoted as the node quotes it', () => {
  const quoted: readonly (readonly [string, string])[] = [
    ['e\x05', "'e\\x05'"],
    ["it's", '"it\'s"'],
    ['\'"', "'\\'\"'"],
    ['a\\b\n', "'a\\\\b\\n'"],
    ['\u202e\u00a0é', "'\\u202e\\xa0é'"],
    ['\u{e0041}', "'\\U000e0041'"],
  ];
  for (const [text, told] of quoted) expect(pythonQuoted(text)).toBe(told);
});
