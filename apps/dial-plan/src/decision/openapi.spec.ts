import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aDoor, aLoadedProjection, aQuestion } from '../../test/rig.ts';
import { answerSchema, errorSchema } from './answer-schema.ts';
import { decisionOpenApi } from './openapi.ts';

describe('the OpenAPI document', () => {
  it('is the committed one', () => {
    const committed: unknown = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));
    expect(decisionOpenApi(), 'run: node --import ./tools/run/alias.mjs apps/dial-plan/src/decision/write-openapi.ts').toEqual(committed);
  });

  it('describes what the door answers', async () => {
    const rig = await aDoor(await aLoadedProjection());
    const ask = async (given: Record<string, unknown>): Promise<unknown> => (await fetch(`${rig.url}/site-a`, { method: 'POST', body: JSON.stringify(aQuestion(given)) })).json();
    for (const given of [{}, { trace: true }, { to: '112' }, { to: '9' }, { from: 'nobody' }]) {
      expect(answerSchema.strict().safeParse(await ask(given)).error).toBeUndefined();
    }
    expect(errorSchema.strict().safeParse(await ask({ to: 1 })).error).toBeUndefined();
    await rig.door.stop();
  });
});
