import { describe, expect, it } from 'vitest';
import {
  BACK_OFF_MS,
  BEAT_MS,
  backOffMs,
  type Channel,
  Following,
  type Heard,
  SILENT_MS,
  type Since,
  type Told,
} from './channel';

/** A channel and a clock in the test's hands. */
function stage() {
  const asked: Since[] = [];
  const said: string[] = [];
  const told: Told[] = [];
  let heard: Heard | null = null;
  let waiting: { run: () => void; ms: number }[] = [];
  const channel: Channel = (since, hears) => {
    asked.push(since);
    heard = hears;
    return { say: (text) => void said.push(text), close: () => undefined };
  };
  const later = (run: () => void, ms: number) => {
    const one = { run, ms };
    waiting.push(one);
    return () => {
      waiting = waiting.filter((other) => other !== one);
    };
  };
  const following = new Following(channel, (one) => void told.push(one), { later, chance: () => 0.5 });
  return {
    asked,
    said,
    told,
    following,
    say: (message: object) => heard?.said(JSON.stringify(message)),
    close: (code = 1006) => heard?.closed(code),
    pass: (ms: number) => {
      const due = waiting.filter((one) => one.ms === ms);
      waiting = waiting.filter((one) => one.ms !== ms);
      for (const one of due) one.run();
    },
  };
}

describe('the live channel', () => {
  it('comes back where it was, and asks for nothing twice', () => {
    const { asked, told, say, close, pass } = stage();
    say({ seq: 7, type: 'hello', epoch: 'e', resumed: false });
    say({ seq: 8, type: 'line', member: 'BBB', open: false });
    close();
    pass(BACK_OFF_MS[0]);
    expect(asked.at(-1)).toEqual({ since: 8, epoch: 'e' });
    say({ seq: 9, type: 'hello', epoch: 'e', resumed: true });
    expect(told.map((one) => one.kind)).toEqual(['line', 'news', 'line', 'line']);
  });

  it('that cannot resume says so once, and goes on from there', () => {
    const { asked, told, say, close, pass } = stage();
    say({ seq: 7, type: 'hello', epoch: 'e', resumed: false });
    close();
    pass(BACK_OFF_MS[0]);
    say({ seq: 2, type: 'hello', epoch: 'f', resumed: false });
    close();
    pass(BACK_OFF_MS[0]);
    expect(told.filter((one) => one.kind === 'anew')).toHaveLength(1);
    expect(asked.at(-1)).toEqual({ since: 2, epoch: 'f' });
  });

  it('waits longer each time, never longer than the last step, until it is greeted', () => {
    const { asked, close, pass, say } = stage();
    for (const ms of [...BACK_OFF_MS, 8_000]) {
      close();
      pass(ms);
    }
    expect(asked).toHaveLength(BACK_OFF_MS.length + 2);
    say({ seq: 1, type: 'hello', epoch: 'e', resumed: false });
    close();
    pass(BACK_OFF_MS[0]);
    expect(asked).toHaveLength(BACK_OFF_MS.length + 3);
    expect([backOffMs(0, 0), backOffMs(99, 1)]).toEqual([188, 10_000]);
  });

  it('that falls silent is lost', () => {
    const { told, say, pass } = stage();
    say({ seq: 1, type: 'hello', epoch: 'e', resumed: false });
    pass(SILENT_MS);
    expect(told.at(-1)).toEqual({ kind: 'line', open: false });
  });

  it('beats, so that the node knows of this tab', () => {
    const { said, say, pass, following } = stage();
    say({ seq: 1, type: 'hello', epoch: 'e', resumed: false });
    pass(BEAT_MS);
    pass(BEAT_MS);
    following.active();
    expect(said).toEqual(['{"type":"beat"}', '{"type":"beat"}', '{"type":"active"}']);
  });

  it('that is not let in asks who is signed on', () => {
    const { told, close } = stage();
    close(1006);
    expect(told).toContainEqual({ kind: 'signed-off', why: null });
  });

  it('that is ended by the node tells why, once', () => {
    const { told, say, close } = stage();
    say({ seq: 1, type: 'hello', epoch: 'e', resumed: false });
    say({ seq: 1, type: 'session', ended: 'key' });
    close(4001);
    expect(told.filter((one) => one.kind === 'signed-off')).toEqual([{ kind: 'signed-off', why: 'key' }]);
  });

  it('is not moved by junk', () => {
    const { told, say } = stage();
    say({ type: 'case' });
    say([]);
    expect(told).toEqual([]);
  });

  it('that is ended stays ended', () => {
    const { asked, following, close } = stage();
    following.end();
    close();
    expect(asked).toHaveLength(1);
  });
});
