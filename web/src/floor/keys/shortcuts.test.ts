import { describe, expect, it } from 'vitest';
import { commandOf } from './shortcuts';

const pressed = (key: string, code: string, more = {}) => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});

describe('a shortcut', () => {
  it('STOP is one key from anywhere, also while typing and with letters turned off', () => {
    expect(commandOf(pressed('F9', 'F9'), true, false)).toBe('stop');
  });

  it('of a letter never fires while something is typed, nor when letters are off', () => {
    expect(commandOf(pressed('n', 'KeyN'), false, true)).toBe('write');
    expect(commandOf(pressed('n', 'KeyN'), true, true)).toBeNull();
    expect(commandOf(pressed('n', 'KeyN'), false, false)).toBeNull();
  });

  it('is the same key on an Arabic or a Hebrew keyboard', () => {
    expect(commandOf(pressed('ى', 'KeyN'), false, true)).toBe('write');
    expect(commandOf(pressed('מ', 'KeyN'), false, true)).toBe('write');
    expect(commandOf(pressed('؟', 'Slash'), false, true)).toBe('shortcuts');
  });

  it('leaves the browser its own, and a held key fires once', () => {
    expect(commandOf(pressed('n', 'KeyN', { ctrlKey: true }), false, true)).toBeNull();
    expect(commandOf(pressed('F9', 'F9', { repeat: true }), false, true)).toBeNull();
    expect(commandOf(pressed('z', 'KeyZ'), false, true)).toBeNull();
  });

  it('goes to the search by a slash, or by its key where a layout has none', () => {
    expect(commandOf(pressed('/', 'Slash'), false, true)).toBe('search');
    expect(commandOf(pressed('.', 'Slash'), false, true)).toBe('search');
    expect(commandOf(pressed('/', 'Digit7', { shiftKey: true }), false, true)).toBe('search');
    expect(commandOf(pressed('?', 'Slash', { shiftKey: true }), false, true)).toBe('shortcuts');
    expect(commandOf(pressed('/', 'Slash'), true, true)).toBeNull();
  });

  it('chooses a desk by its number', () => {
    expect(commandOf(pressed('2', 'Digit2'), false, true)).toEqual({ desk: 1 });
  });
});
