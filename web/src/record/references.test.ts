import { describe, expect, it } from 'vitest';
import vectors from '../vectors/references.json';
import { isMisheard, LETTERS, letterIn, letterOf, plainReference, SPELLED, typedIn } from './references';

describe('the letter of a reference', () => {
  it('is one of the same alphabet as the node has', () => {
    expect(LETTERS).toBe(vectors.alphabet);
    expect(SPELLED).toEqual(vectors.spelled);
  });

  it('is the one that the node gives it', () => {
    for (const [ordinal, generation, digits, letter] of vectors.letters as [number, number, string, string][]) {
      expect(letterOf(ordinal, generation, digits), `${ordinal} ${generation} ${digits}`).toBe(letter);
    }
  });

  it('is told of a plain reference, and of no other', () => {
    expect(letterIn('AAA 42', vectors.codes)).toBe(letterOf(0, 1, '42'));
    expect(letterIn('AAA2 42', vectors.codes)).toBe(letterOf(0, 2, '42'));
    expect(letterIn('ZZZ 42', vectors.codes)).toBe('');
    expect(letterIn('AAA 42-K', vectors.codes)).toBe('');
  });
});

describe('a reference as it is typed', () => {
  it('is read as the node reads it', () => {
    for (const [text, read] of vectors.typed as [string, [string, string, string] | null][]) {
      const [reference, letter, given] = read ?? [];
      expect(typedIn(text, vectors.codes), text).toEqual(read ? { reference, letter, given } : null);
    }
  });

  it('loses its letter in a form where it is the right one, and keeps a wrong one for all to see', () => {
    const right = letterOf(0, 1, '42');
    expect(plainReference(`aaa 42-${right}`, vectors.codes)).toBe('AAA 42');
    expect(plainReference('aaa 42', vectors.codes)).toBe('aaa 42');
    const wrong = LETTERS.replace(right, '').slice(0, 1);
    expect(plainReference(`AAA 42-${wrong}`, vectors.codes)).toBe(`AAA 42-${wrong}`);
  });

  it('is misheard where another letter is given than it has', () => {
    const right = letterOf(0, 1, '42');
    const wrong = LETTERS.replace(right, '').slice(0, 1);
    const of = (text: string) => isMisheard(typedIn(text, vectors.codes) ?? { reference: '', letter: '', given: '-' });
    expect(of('AAA 42')).toBe(false);
    expect(of(`AAA 42-${right}`)).toBe(false);
    expect(of(`AAA 42-${wrong}`)).toBe(true);
  });
});
