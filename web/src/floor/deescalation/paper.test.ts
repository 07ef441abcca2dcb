import { expect, it } from 'vitest';
import { paperAddress } from './paper';

it('the statement that opened a case leads to its page for paper', () => {
  const of = { reference: 'SYR 42', case: 'SYR 42', kind: 'notice', content: {} };
  expect(paperAddress(of, 'ar', 'Asia/Nicosia')).toBe('/notices/SYR-42?language=ar&zone=Asia%2FNicosia');
  expect(paperAddress(of, 'en', null)).toContain('zone=UTC');
  expect(paperAddress({ ...of, kind: 'message' }, 'en', null)).toBeNull();
  expect(paperAddress({ ...of, reference: 'SYR 43' }, 'en', null)).toBeNull();
  expect(paperAddress({ ...of, content: null }, 'en', null)).toBeNull();
});
