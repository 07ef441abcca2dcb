import { describe, expect, it } from 'vitest';
import type { ViewKey } from './news';
import { Reading } from './reading';

function world() {
  const due: (() => void)[] = [];
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const reading = new Reading(
    (key: ViewKey) => {
      asked.push(key.join(' '));
      return new Promise((answer) => answers.push(answer));
    },
    {
      later: (run) => {
        due.push(run);
        return () => void due.splice(due.indexOf(run), 1);
      },
    },
  );
  const pass = () => {
    for (const run of due.splice(0)) run();
  };
  return { reading, asked, answers, pass };
}

describe('reading anew', () => {
  it('asks once for what many news want, and not for what something wider brings', () => {
    const { reading, asked, pass } = world();
    reading.want([['now'], ['case', 'A 1']]);
    reading.want([['now'], ['case']]);
    pass();
    expect(asked).toEqual(['now', 'case']);
  });

  it('does not ask again before the answer is there, and then does', async () => {
    const { reading, asked, answers, pass } = world();
    reading.want([['now']]);
    pass();
    reading.want([['now'], ['feed']]);
    pass();
    expect(asked).toEqual(['now', 'feed']);
    pass();
    expect(asked).toEqual(['now', 'feed']);
    answers[0]?.();
    await Promise.resolve();
    await Promise.resolve();
    pass();
    expect(asked).toEqual(['now', 'feed', 'now']);
  });

  it('asks nothing once it is ended', () => {
    const { reading, asked, pass } = world();
    reading.want([['now']]);
    reading.end();
    reading.want([['feed']]);
    pass();
    expect(asked).toEqual([]);
  });
});
