import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, type SippResult } from '@sfs/testing';
import type { PartName } from '../../../../tools/stack/stack-parts.ts';
import { dismiss, hire, openTrunk, register, type Player } from '../cast.ts';
import { untilDecided } from '../decisions.ts';
import { inWords, prepareLoad, removePlan, type Load } from '../load.ts';
import type { Step, Story } from '../story.ts';
import { doorsOf, type World } from '../world.ts';

interface Stage {
  ann?: Player;
  bob?: Player;
  load?: Load;
  calm?: SippResult;
}

const REPLICAS = ['dial-plan-A', 'dial-plan-B'] as const satisfies PartName[];
const LATER_MS = 200;

export function twoAreBetterThanOne(): Story {
  const stage: Stage = {};
  return {
    name: 'Two are better than one',
    steps: [
      {
        says: '100 calls a second with both replicas',
        async run(world) {
          stage.ann = await hire(world, '1830', 'Story Alma');
          stage.bob = await hire(world, '1831', 'Story Bill');
          await register(stage.ann.phone);
          await register(stage.bob.phone);
          await removePlan(world);
          stage.load = await prepareLoad(world);
          for (const door of doorsOf(world.layout)) await untilDecided(door, '+4930000000', '1832', ({ body }) => body.steps.length > 0);
          // a first second for what is compiled on use
          await stage.load.run(50, 1);
          stage.calm = await stage.load.run(100, 5);
          assert.equal(stage.calm.failed, 0, stage.calm.errors);
          return inWords(stage.calm);
        },
      },
      underLoad(stage, 'one replica is killed with -9', async ({ parts }) => parts.signal('dial-plan-A', 'SIGKILL')),
      { says: 'it is started again', run: async ({ parts }) => parts.start('dial-plan-A') },
      underLoad(stage, 'one replica is stopped with SIGSTOP', async ({ parts }) => parts.signal('dial-plan-A', 'SIGSTOP')),
      { says: 'it goes on', run: async ({ parts }) => parts.signal('dial-plan-A', 'SIGCONT') },
      cancelWhileAsked(stage),
      nobodyAnswers(stage),
    ],
    async cleanUp(world) {
      for (const name of REPLICAS) {
        await world.parts.signal(name, 'SIGCONT').catch(() => undefined);
        await world.parts.start(name);
      }
      await stage.load?.end();
      await dismiss(world, [stage.ann, stage.bob]);
    },
  };
}

function underLoad(stage: Stage, says: string, fault: (world: World) => Promise<void>): Step {
  return {
    says: `${says}: no call fails, none is set up more than ${LATER_MS} ms later than before`,
    async run(world) {
      assert.ok(stage.load && stage.calm);
      const running = stage.load.run(100, 6);
      await delay(3000);
      await fault(world);
      const result = await running;
      assert.equal(result.failed, 0, result.errors);
      const allowed = Math.max(...stage.calm.setUpMs) + LATER_MS;
      assert.ok(Math.max(...result.setUpMs) <= allowed, `${inWords(result)}; allowed ${allowed} ms`);
      return inWords(result);
    },
  };
}

function cancelWhileAsked(stage: Stage): Step {
  return {
    says: 'CANCEL while an answer is awaited ends the call with 487; nobody is rung',
    async run({ parts }) {
      const { ann, bob } = stage;
      assert.ok(ann && bob);
      const before = bob.phone.calls.all.length;
      for (const name of REPLICAS) await parts.signal(name, 'SIGSTOP');
      const call = ann.phone.call(bob.number);
      await call.cancel();
      const { status } = await call.final();
      for (const name of REPLICAS) await parts.signal(name, 'SIGCONT');
      assert.equal(status, 487);
      // a later call goes through the same replicas: the late plans have come by then
      const later = ann.phone.call(bob.number);
      await later.answered();
      await later.hangUp();
      assert.equal(bob.phone.calls.all.length, before + 1, 'the cancelled call rang nobody');
    },
  };
}

function nobodyAnswers(stage: Stage): Step {
  return {
    says: 'no replica answers: 112 goes out, registered extensions ring, all else is 503 with Retry-After',
    async run(world) {
      const { ann, bob } = stage;
      assert.ok(ann && bob);
      for (const name of REPLICAS) await world.parts.stop(name);
      const emergency = await openTrunk(world, 'emergencyTrunk');
      try {
        const help = ann.phone.call('112');
        await emergency.nextCall();
        await help.answered();
        await help.hangUp();
        const inside = ann.phone.call(bob.number);
        await inside.answered();
        await inside.hangUp();
        const refused = await ann.phone.call('004930123456').final();
        assert.equal(refused.status, 503);
        const retryAfter = refused.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
        assert.ok(retryAfter !== undefined);
        return `112 answered, ${bob.number} rang, outside 503 with Retry-After ${retryAfter}`;
      } finally {
        await emergency.close();
        for (const name of REPLICAS) await world.parts.start(name);
        await eventually('calls are decided again', async () => {
          const call = ann.phone.call('113');
          return (await call.final()).status !== 503;
        }, 15_000);
      }
    },
  };
}
