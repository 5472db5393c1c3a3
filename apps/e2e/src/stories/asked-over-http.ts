import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { untilDecided } from '../decisions.ts';
import { inWords, prepareLoad, removePlan, type Load } from '../load.ts';
import type { Step, Story } from '../story.ts';
import { doorsOf, type World } from '../world.ts';

interface Stage {
  ann?: Player;
  bob?: Player;
  load?: Load;
}

/** A refused connection costs nothing; the rest is a busy machine. */
const KILLED_COSTS_MS = 800;
/** Its http_client knows whole seconds only: what a stopped replica costs each call until the heartbeat notices. */
const STOPPED_COSTS_MS = 1600;

/** The other configuration of the same proxy file: `POST /site-a` on 8800, one retry on the other replica. In the suite only: it restarts the proxy. */
export function askedOverHttp(changeAsking: (asking: 'evapi' | 'http') => Promise<void>): Story {
  const stage: Stage = {};
  return {
    name: 'A call is decided over HTTP',
    steps: [
      { says: 'the proxy is restarted in its other configuration', run: () => changeAsking('http') },
      {
        says: '1840 calls 1841; Kamailio posts the question; it rings and is answered',
        async run(world) {
          stage.ann = await hire(world, '1840', 'Story Hanna');
          stage.bob = await hire(world, '1841', 'Story Hugo');
          await register(stage.ann.phone);
          await register(stage.bob.phone);
          for (const door of doorsOf(world.layout)) await untilDecided(door, '1840', '1841', ({ body }) => body.steps.length > 0);
          const call = stage.ann.phone.call('1841');
          await stage.bob.phone.nextCall();
          await call.answered();
          await call.hangUp();
        },
      },
      underLoad(stage, 'one replica is killed with -9 under 100 calls/s: no call fails', async ({ parts }) => parts.signal('dial-plan-A', 'SIGKILL'), KILLED_COSTS_MS),
      { says: 'it is started again', run: async ({ parts }) => parts.start('dial-plan-A') },
      underLoad(stage, 'one replica is stopped with SIGSTOP under 100 calls/s: no call fails, some are late until the heartbeat notices', async ({ parts }) => parts.signal('dial-plan-A', 'SIGSTOP'), STOPPED_COSTS_MS),
    ],
    async cleanUp(world) {
      await world.parts.signal('dial-plan-A', 'SIGCONT').catch(() => undefined);
      await world.parts.start('dial-plan-A');
      await stage.load?.end();
      await dismiss(world, [stage.ann, stage.bob]);
      await changeAsking('evapi');
    },
  };
}

function underLoad(stage: Stage, says: string, fault: (world: World) => Promise<void>, lateMs: number): Step {
  return {
    says,
    async run(world) {
      if (!stage.load) {
        await removePlan(world);
        stage.load = await prepareLoad(world);
        for (const door of doorsOf(world.layout)) await untilDecided(door, '+4930000000', '1832', ({ body }) => body.steps.length > 0);
      }
      const running = stage.load.run(100, 6);
      await delay(3000);
      await fault(world);
      const result = await running;
      assert.equal(result.failed, 0, result.errors);
      assert.ok(Math.max(...result.setUpMs) <= lateMs, inWords(result));
      return inWords(result);
    },
  };
}
