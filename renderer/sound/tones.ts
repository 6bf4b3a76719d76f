import { preferences } from '../preferences.ts';

interface Note {
  readonly hertz: number;
  /** Seconds after the beginning of the sound. */
  readonly at: number;
  readonly seconds: number;
}

/** Rising for done, falling for failed, one short high note for a card that was read. */
const sounds = {
  'card-read': [{ hertz: 1318.5, at: 0, seconds: 0.12 }],
  success: [
    { hertz: 783.99, at: 0, seconds: 0.12 },
    { hertz: 1046.5, at: 0.12, seconds: 0.12 },
    { hertz: 1568, at: 0.24, seconds: 0.26 },
  ],
  failure: [
    { hertz: 392, at: 0, seconds: 0.2 },
    { hertz: 261.63, at: 0.22, seconds: 0.36 },
  ],
} as const satisfies Record<string, readonly Note[]>;

export type Sound = keyof typeof sounds;

/** Loud enough for a site office, below what small loudspeakers distort. */
const loudness = 0.4;
/** Soft edges, so that notes do not click; seconds. */
const edge = 0.012;

let context: AudioContext | undefined;

function playNote(audio: AudioContext, note: Note): void {
  const start = audio.currentTime + note.at;
  const end = start + note.seconds;
  const gain = new GainNode(audio, { gain: 0 });
  const oscillator = new OscillatorNode(audio, { type: 'triangle', frequency: note.hertz });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + edge);
  gain.gain.setValueAtTime(loudness, end - edge);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(end);
}

/** Plays a sound unless sounds are switched off. A machine without audio output stays silent. */
export function play(sound: Sound): void {
  if (!preferences().sounds) return;
  try {
    context ??= new AudioContext();
    const audio = context;
    void audio.resume().catch(() => undefined);
    for (const note of sounds[sound]) playNote(audio, note);
  } catch {
    context = undefined;
  }
}
