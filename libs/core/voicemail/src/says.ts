import type { Effect, Said } from './dialogue.ts';
import type { PromptName } from './prompts.ts';

export const say = (...names: readonly PromptName[]): readonly Said[] => names.map((prompt) => ({ prompt }));

/** A digit ends it and answers the question that follows. */
export const play = (said: readonly Said[]): Effect => ({ do: 'play', said, bargeIn: true });

/** Heard to its end. */
export const tell = (said: readonly Said[]): Effect => ({ do: 'play', said, bargeIn: false });

/** One key of a menu; may have been dialled ahead. */
export const ask = (said: readonly Said[]): Effect => ({ do: 'collect', said, max: 1, terminator: '', fresh: false, firstMs: 5000, betweenMs: 1000 });

/** One key, dialled from now on: the one that ended a recording answers nothing. */
export const askAnew = (said: readonly Said[]): Effect => ({ do: 'collect', said, max: 1, terminator: '', fresh: true, firstMs: 5000, betweenMs: 1000 });

/** A number that `#` ends. One more than the longest, so that the `#` after 16 digits belongs to them and not to the next question. */
export const askNumber = (said: readonly Said[], fresh: boolean): Effect => ({ do: 'collect', said, max: 17, terminator: '#', fresh, firstMs: 10_000, betweenMs: 5000 });

/** A question is put three times; a wrong key counts like none, so that noise on the line comes to an end too. */
export const ASKED_AT_MOST = 3;

/** Whether there is anything to keep: at least a second, with speech in it. */
export const isLongEnough = ({ durationMs, speechMs }: { readonly durationMs: number; readonly speechMs: number }): boolean => durationMs >= 1000 && speechMs > 0;
