import type { VoiceMessage } from '@sfs/rest-contract';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { audioLink } from './voicemail.api.ts';

/** Hearing this much counts as heard; a shorter message must be heard to its end. */
const HEARD_S = 3;
/** Between two reports of the position; more is a seek. */
const LONGEST_STEP_S = 1.5;
export const SPEEDS = [1, 1.25, 1.5, 2] as const;

export interface Player {
  readonly audio: RefObject<HTMLAudioElement | null>;
  readonly current: VoiceMessage | undefined;
  readonly playing: boolean;
  readonly waiting: boolean;
  /** seconds */
  readonly position: number;
  readonly speed: number;
  readonly error: unknown;
  readonly toggle: (message: VoiceMessage) => void;
  readonly seek: (seconds: number) => void;
  readonly faster: () => void;
  readonly close: () => void;
  /** for the audio element */
  readonly events: {
    readonly onPlay: () => void;
    readonly onPause: () => void;
    readonly onTimeUpdate: () => void;
    readonly onEnded: () => void;
    readonly onError: () => void;
  };
}

/** One message at a time, over one audio element; its link is asked for when it is played, and again when it has expired. */
export function usePlayer(onHeard: (message: VoiceMessage) => void): Player {
  const audio = useRef<HTMLAudioElement>(null);
  const [current, setCurrent] = useState<VoiceMessage>();
  const [playing, setPlaying] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [position, setPosition] = useState(0);
  const [speed, setSpeed] = useState<number>(SPEEDS[0]);
  const [error, setError] = useState<unknown>();
  const heard = useRef({ seconds: 0, last: 0, told: false });
  const expiresAt = useRef(0);
  const asked = useRef('');

  useEffect(() => {
    const element = audio.current;
    return () => element?.pause();
  }, []);

  const load = async (message: VoiceMessage, from: number): Promise<void> => {
    const element = audio.current;
    if (!element) return;
    asked.current = message.id;
    setWaiting(true);
    setError(undefined);
    try {
      const link = await audioLink(message);
      if (asked.current !== message.id) return;
      expiresAt.current = Date.parse(link.expiresAt);
      element.src = link.url;
      element.playbackRate = speed;
      element.currentTime = from;
      await element.play();
    } catch (fault) {
      // A second message was chosen before the first could begin.
      if (asked.current === message.id && !(fault instanceof DOMException && fault.name === 'AbortError')) setError(fault);
    } finally {
      if (asked.current === message.id) setWaiting(false);
    }
  };
  const begin = (message: VoiceMessage): void => {
    audio.current?.pause();
    heard.current = { seconds: 0, last: 0, told: false };
    setPosition(0);
    setCurrent(message);
    void load(message, 0);
  };
  const tell = (): void => {
    if (!current || heard.current.told) return;
    heard.current.told = true;
    onHeard(current);
  };

  return {
    audio,
    current,
    playing,
    waiting,
    position,
    speed,
    error,
    toggle: (message) => {
      const element = audio.current;
      if (current?.id !== message.id || !element || error !== undefined) return begin(message);
      if (!element.paused) return element.pause();
      if (Date.now() > expiresAt.current && element.ended) return begin(message);
      void element.play().catch((fault: unknown) => setError(fault));
    },
    seek: (seconds) => {
      const element = audio.current;
      if (!element || !current) return;
      const to = Math.max(0, Math.min(seconds, current.durationMs / 1000));
      element.currentTime = to;
      heard.current.last = to;
      setPosition(to);
    },
    faster: () => {
      const next = SPEEDS[(SPEEDS.indexOf(speed as (typeof SPEEDS)[number]) + 1) % SPEEDS.length] ?? 1;
      setSpeed(next);
      if (audio.current) audio.current.playbackRate = next;
    },
    close: () => {
      audio.current?.pause();
      asked.current = '';
      setCurrent(undefined);
      setError(undefined);
    },
    events: {
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onTimeUpdate: () => {
        const now = audio.current?.currentTime ?? 0;
        const step = now - heard.current.last;
        heard.current.last = now;
        setPosition(now);
        if (step > 0 && step < LONGEST_STEP_S * speed) heard.current.seconds += step;
        if (heard.current.seconds >= HEARD_S) tell();
      },
      onEnded: () => {
        setPlaying(false);
        if (current && current.durationMs / 1000 <= HEARD_S) tell();
      },
      onError: () => {
        if (!current || asked.current !== current.id || waiting) return;
        if (expiresAt.current > 0 && Date.now() > expiresAt.current) void load(current, position);
        else setError(new Error('The recording did not arrive'));
      },
    },
  };
}
