// The sounds, made here: no file is loaded. The alarm is two alternating tones that carry through a room and cannot be taken for
// speech or a telephone; the chime of a proof of life is three soft ones, and never an alarm.

interface Tone {
  readonly atS: number;
  readonly lastsS: number;
  readonly hz: number;
  readonly gain: number;
  readonly shape: OscillatorType;
}

const SWEEP = (from: number): readonly Tone[] =>
  [0, 0.16, 0.32, 0.48].map((atS, at) => ({
    atS: from + atS,
    lastsS: 0.15,
    hz: at % 2 === 0 ? 960 : 720,
    gain: 0.5,
    shape: 'square',
  }));

export const SOUNDS: Readonly<Record<'urgent' | 'steady' | 'chime', readonly Tone[]>> = {
  urgent: [...SWEEP(0), ...SWEEP(0.8)],
  steady: SWEEP(0),
  chime: [523, 659, 784].map((hz, at) => ({ atS: at * 0.28, lastsS: 0.6, hz, gain: 0.22, shape: 'sine' })),
};
export type Sound = keyof typeof SOUNDS;

/** How often an alarm is repeated. */
export const REPEAT_MS = { urgent: 2_000, steady: 6_000 } as const;

export class Speaker {
  private context: AudioContext | null = null;

  /** Whether the browser lets this page be heard: it does after the first press or key here. */
  get isReady(): boolean {
    return this.context?.state === 'running';
  }

  async wake(): Promise<boolean> {
    this.context ??= new AudioContext();
    if (this.context.state !== 'running') await this.context.resume().catch(() => undefined);
    return this.isReady;
  }

  play(sound: Sound): void {
    const { context } = this;
    if (context?.state !== 'running') return;
    for (const { atS, lastsS, hz, gain, shape } of SOUNDS[sound]) {
      const from = context.currentTime + 0.02 + atS;
      const tone = new OscillatorNode(context, { frequency: hz, type: shape });
      const level = new GainNode(context, { gain: 0 });
      level.gain.setValueAtTime(0, from);
      level.gain.linearRampToValueAtTime(gain, from + 0.015);
      level.gain.setValueAtTime(gain, from + lastsS - 0.04);
      level.gain.linearRampToValueAtTime(0, from + lastsS);
      tone.connect(level).connect(context.destination);
      tone.start(from);
      tone.stop(from + lastsS + 0.05);
    }
  }
}
