import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack, type TestStack } from '../../../tools/stack/e2e-stack.ts';
import { allStories } from './stories/all-stories.ts';
import { askedOverHttp } from './stories/asked-over-http.ts';
import { openWorld, type World } from './world.ts';

let stack: TestStack;
let world: World;

beforeAll(async () => {
  // stores are killed in some of them
  stack = await startStack({ commitLog: 'durable' });
  world = await openWorld(stack.layout, stack);
});
afterAll(() => stack?.close());

/** One stack, the stories one after the other: a step that fails ends its story, the next one begins with everything running. */
for (const tell of [...allStories, () => askedOverHttp((asking) => stack.changeAsking(asking))]) {
  const story = tell();
  describe(story.name, () => {
    let broken = '';
    afterAll(() => story.cleanUp(world));
    for (const step of story.steps) {
      it(step.says, async () => {
        expect(broken, 'an earlier step of this story').toBe('');
        broken = step.says;
        await step.run(world);
        broken = '';
      });
    }
  });
}
