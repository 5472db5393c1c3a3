import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import type { CallSettingsView } from '@sfs/rest-contract';
import { httpUrl } from '../../../../tools/stack/layout.ts';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { ask, question, rung, untilDecided } from '../decisions.ts';
import type { Step, Story } from '../story.ts';
import { doorsOf, startStores, stopStores, type World } from '../world.ts';

interface Stage {
  ann?: Player;
  bob?: Player;
}

export function nobodyIsNeededToRoute(): Story {
  const stage: Stage = {};
  return {
    name: 'Nobody is needed to route',
    steps: [
      {
        says: 'two users and their phones; both replicas know them',
        async run(world) {
          stage.ann = await hire(world, '1807', 'Story Anton');
          stage.bob = await hire(world, '1808', 'Story Berta');
          await register(stage.ann.phone);
          for (const door of doorsOf(world.layout)) await untilDecided(door, '1807', '1808', (answer) => rung(answer)[0] === '1808');
          assert.ok(snapshotsOf(world).length > 0, 'replica A keeps snapshots');
        },
      },
      { says: 'Cassandra and Kafka are stopped', run: stopStores },
      restartedFromSnapshot(),
      callStillRings(stage),
      damagedSnapshot(),
      { says: 'the stores return', run: startStores },
      changesFlow(stage),
    ],
    async cleanUp(world) {
      await startStores(world);
      await dismiss(world, [stage.ann, stage.bob]);
    },
  };
}

function restartedFromSnapshot(): Step {
  return {
    says: 'both dial-plan replicas are restarted and decide from their last good snapshot',
    async run(world) {
      for (const name of ['dial-plan-A', 'dial-plan-B'] as const) {
        await world.parts.stop(name);
        await world.parts.start(name);
      }
      const answer = await ask(doorsOf(world.layout)[0], question('1807', '1808'));
      assert.equal(answer.status, 200);
      assert.equal(answer.body.loadedFrom, 'snapshot');
      assert.deepEqual(rung(answer), ['1808']);
      const metrics = await (await fetch(`${httpUrl(world.layout.ports.dialPlanAManagement)}/metrics`)).text();
      assert.match(metrics, /^sfs_dialplan_staleness_seconds\{/m, 'a metric says how stale it is');
      return `decided from the snapshot; staleness in the answer: ${JSON.stringify(answer.body.staleness)}`;
    },
  };
}

function callStillRings(stage: Stage): Step {
  return {
    says: 'phones register meanwhile, and a call rings',
    async run() {
      assert.ok(stage.ann && stage.bob);
      await register(stage.bob.phone);
      const call = stage.ann.phone.call('1808');
      await stage.bob.phone.nextCall();
      await call.answered();
      await call.hangUp();
    },
  };
}

function damagedSnapshot(): Step {
  return {
    says: 'a damaged snapshot is refused and the one before is used',
    async run(world) {
      const newest = newestSnapshot(world);
      await world.parts.stop('dial-plan-A');
      writeFileSync(newest, 'damaged');
      await world.parts.start('dial-plan-A');
      const answer = await ask(doorsOf(world.layout)[0], question('1001', '1002'));
      assert.equal(answer.body.loadedFrom, 'snapshot');
      assert.deepEqual(rung(answer), ['1002']);
      return 'decided from the older one';
    },
  };
}

function changesFlow(stage: Stage): Step {
  return {
    says: 'changes flow again without a restart',
    async run({ admin, layout }) {
      assert.ok(stage.bob);
      await admin.createByPut(`/users/${stage.bob.userId}/call-settings`, { forwardAll: { kind: 'number', number: '1807' } } satisfies CallSettingsView['settings']);
      const waits = await Promise.all(doorsOf(layout).map((door) => untilDecided(door, '1801', '1808', (answer) => rung(answer)[0] === '1807' && answer.body.loadedFrom === 'live', 30_000)));
      return `a forward is in effect after ${Math.max(...waits).toFixed(0)} ms, live again`;
    },
  };
}

const snapshotsOf = ({ layout }: World): string[] => {
  const folder = `${layout.dataDir}/dial-plan-A`;
  return readdirSync(folder).filter((name) => !name.endsWith('.tmp')).map((name) => `${folder}/${name}`);
};

function newestSnapshot(world: World): string {
  const [newest] = snapshotsOf(world).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  assert.ok(newest, 'replica A has a snapshot');
  return newest;
}
