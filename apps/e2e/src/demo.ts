// Tells the stories against the running stack: one line a step, with what happened and how long it took. Fails loudly, cleans up, can be run again.
import { findRunningStack } from '../../../tools/stack/control-client.ts';
import { allStories } from './stories/all-stories.ts';
import type { Story } from './story.ts';
import { openWorld, type World } from './world.ts';

const seconds = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;

async function tell(story: Story, world: World): Promise<boolean> {
  console.log(`\n${story.name}`);
  let holds = true;
  for (const step of story.steps) {
    const began = performance.now();
    try {
      const said = await step.run(world);
      console.log(`  ✓ ${step.says} (${seconds(began)})${said ? `\n      ${said}` : ''}`);
    } catch (error) {
      holds = false;
      console.log(`  ✗ ${step.says} (${seconds(began)})\n      ${error instanceof Error ? error.message : String(error)}`);
      break;
    }
  }
  await story.cleanUp(world).catch((error: unknown) => {
    holds = false;
    console.log(`  ✗ cleaning up: ${error instanceof Error ? error.message : String(error)}`);
  });
  return holds;
}

async function main(): Promise<void> {
  const stack = await findRunningStack();
  const world = await openWorld(stack.layout, stack);
  const wanted = process.argv.slice(2).map(Number);
  const began = performance.now();
  let broken = 0;
  for (const [index, story] of allStories.entries()) {
    if (wanted.length > 0 && !wanted.includes(index + 1)) continue;
    if (!(await tell(story(), world))) broken += 1;
  }
  console.log(broken === 0 ? `\nEvery step holds (${seconds(began)}).` : `\n${broken} ${broken === 1 ? 'story does' : 'stories do'} not hold (${seconds(began)}); the logs are in ${stack.layout.dataDir}/logs`);
  process.exitCode = broken === 0 ? 0 : 1;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
