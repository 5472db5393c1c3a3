import { renderAnswer } from './answer.ts';
import { callOf, decide, explain } from './engine.ts';
import { parseQuestion } from './parse-question.ts';
import type { DecidingSwitch } from './switch-board.ts';

const TIMES = 300;

/** Runs the hot path until it is compiled: the first call after a restart would wait some 20 ms for it. Nothing is counted or recorded. */
export function warmUp(at: DecidingSwitch): void {
  for (let i = 0; i < TIMES; i++) {
    const { question } = parseQuestion(Buffer.from(JSON.stringify({ callId: 'warm-up', from: String(1000 + i), to: String(1001 + i), origin: i % 2 === 0 ? 'internal' : 'external' })));
    if (!question) return;
    const call = callOf(question);
    renderAnswer(decide(at, call).plan, '', i % 10 === 0 ? explain(at, call).trace : undefined);
  }
}
