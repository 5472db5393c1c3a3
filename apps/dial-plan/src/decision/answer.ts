import type { CallPlan, Trace } from '@sfs/dial-plan';

/** Parts of an answer that change with time, not with the call. */
export interface AnswerTail {
  /** `"staleness":{…},"loadedFrom":"…"}`: the end of every answer */
  current(): string;
}

/** Age of what each source last said, in ms; -1 = never heard. */
export interface SourceAges {
  ages(now: number): ReadonlyMap<string, number>;
  readonly loadedFrom: 'live' | 'snapshot';
}

/** Ages are rendered once in this time: they are shown in ms, but nobody acts on less. */
const RENDER_EVERY_MS = 50;

/** Renders the tail at most 20 times a second, however many calls there are. */
export function answerTail(sources: SourceAges, now: () => number = Date.now): AnswerTail {
  let rendered = '';
  let until = -1;
  return {
    current() {
      const at = now();
      if (at >= until || at < until - RENDER_EVERY_MS) {
        rendered = `"staleness":${JSON.stringify(Object.fromEntries(sources.ages(at)))},"loadedFrom":"${sources.loadedFrom}"}`;
        until = at + RENDER_EVERY_MS;
      }
      return rendered;
    },
  };
}

/** The plan is never empty, so the tail follows a comma. */
export function renderAnswer(plan: CallPlan, tail: string, trace?: Trace): string {
  const head = JSON.stringify(plan).slice(0, -1);
  return trace ? `${head},"trace":${JSON.stringify(trace)},${tail}` : `${head},${tail}`;
}

export function renderError(error: { code: string; message: string; field?: string | undefined; remedy?: string | undefined }): string {
  return JSON.stringify({ error: { code: error.code, message: error.message, field: error.field, remedy: error.remedy } });
}
