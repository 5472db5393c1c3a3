import type { VoiceMessage } from '@sfs/rest-contract';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { HeardCounter } from './heard-counter.ts';
import { audioLink } from './voicemail.api.ts';

export const SPEEDS = [1, 1.25, 1.5, 2] as const;
type Speed = (typeof SPEEDS)[number];
type Audio = RefObject<HTMLAudioElement | null>;

export interface Player {
  readonly audio: Audio;
  readonly current: VoiceMessage | undefined;
  readonly playing: boolean;
  /** seconds */
  readonly position: number;
  readonly speed: Speed;
  readonly error: unknown;
  readonly toggle: (message: VoiceMessage) => void;
  readonly seek: (seconds: number) => void;
  readonly faster: () => void;
  readonly close: () => void;
  /** for the audio element */
  readonly events: Readonly<Record<'onPlay' | 'onPause' | 'onTimeUpdate' | 'onEnded' | 'onError', () => void>>;
}

/** One message at a time, over one audio element. */
export function usePlayer(onHeard: (message: VoiceMessage) => void): Player {
  const audio = useRef<HTMLAudioElement>(null);
  const heard = useRef(new HeardCounter());
  const [current, setCurrent] = useState<VoiceMessage>();
  const [playing, setPlaying] = useState(false);
  const [position, setPosition] = useState(0);
  const [speed, setSpeed] = useState<Speed>(1);
  const source = useSource(audio, speed);
  useEffect(() => {
    const element = audio.current;
    return () => element?.pause();
  }, []);

  const begin = (message: VoiceMessage): void => {
    audio.current?.pause();
    heard.current.begin(message.durationMs / 1000);
    setPosition(0);
    setCurrent(message);
    void source.load(message, 0);
  };
  const seek = (seconds: number): void => {
    const element = audio.current;
    if (!element || !current) return;
    const to = Math.max(0, Math.min(seconds, current.durationMs / 1000));
    element.currentTime = to;
    heard.current.seek(to);
    setPosition(to);
  };
  const toggle = (message: VoiceMessage): void => {
    const element = audio.current;
    if (!element || current?.id !== message.id || source.error !== undefined) return begin(message);
    if (element.paused) return source.resume();
    element.pause();
  };
  const faster = (): void => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  const close = (): void => {
    source.forget();
    setCurrent(undefined);
  };
  const events: Player['events'] = {
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onTimeUpdate: () => {
      const now = audio.current?.currentTime ?? 0;
      setPosition(now);
      if (heard.current.at(now, speed) && current) onHeard(current);
    },
    onEnded: () => {
      setPlaying(false);
      if (heard.current.end() && current) onHeard(current);
    },
    onError: () => current && source.fail(current, position),
  };
  return { audio, current, playing, position, speed, error: source.error, toggle, seek, faster, close, events };
}

/** The link behind the element: asked for when a message is played, and again when it has expired on the way. */
function useSource(audio: Audio, speed: Speed) {
  const [error, setError] = useState<unknown>();
  const asked = useRef('');
  const expiresAt = useRef(0);
  const loading = useRef(false);

  const load = async (message: VoiceMessage, from: number): Promise<void> => {
    asked.current = message.id;
    loading.current = true;
    setError(undefined);
    const isAsked = (): boolean => asked.current === message.id;
    try {
      const link = await audioLink(message);
      const element = audio.current;
      if (!isAsked() || !element) return;
      expiresAt.current = Date.parse(link.expiresAt);
      element.src = link.url;
      element.playbackRate = speed;
      element.currentTime = from;
      await element.play();
    } catch (fault) {
      // Another message was chosen, or this one closed, before it could begin.
      if (isAsked() && !isAbort(fault)) setError(fault);
    } finally {
      if (isAsked()) loading.current = false;
    }
  };
  return {
    error,
    load,
    resume: () => void audio.current?.play().catch((fault: unknown) => isAbort(fault) || setError(fault)),
    fail: (message: VoiceMessage, position: number) => {
      if (asked.current !== message.id || loading.current) return;
      if (Date.now() > expiresAt.current) void load(message, position);
      else setError(new Error('The recording did not arrive'));
    },
    forget: () => {
      asked.current = '';
      audio.current?.pause();
      setError(undefined);
    },
  };
}

function isAbort(fault: unknown): boolean {
  return fault instanceof DOMException && fault.name === 'AbortError';
}
