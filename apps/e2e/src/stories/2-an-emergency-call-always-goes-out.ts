import assert from 'node:assert/strict';
import type { CallSettingsView, DialPlan, Problem } from '@sfs/rest-contract';
import { switchName } from '../../../../tools/stack/layout.ts';
import { dismiss, hire, openTrunk, register, type Player } from '../cast.ts';
import { ask, question, untilDecided } from '../decisions.ts';
import type { Story } from '../story.ts';
import { doorsOf, startStores, stopStores, type World } from '../world.ts';

const PARTITION = 'story-block';
const partitionPath = `/switches/${switchName}/partitions/${PARTITION}`;
const profilePath = `/switches/${switchName}/calling-profiles/standard`;

export function anEmergencyCallAlwaysGoesOut(): Story {
  const stage: { caller?: Player } = {};
  return {
    name: 'An emergency call always goes out',
    steps: [
      {
        says: 'a partition blocks everything that begins with 1, and the caller forwards all calls',
        async run(world) {
          stage.caller = await hire(world, '1804', 'Story Dora');
          await register(stage.caller.phone);
          await world.admin.createByPut(partitionPath, { name: 'Story: block 11X', patterns: ['11X'], action: { kind: 'block', code: 403, reason: 'Blocked' } });
          await setPartitions(world, (ids) => [...ids, PARTITION]);
          await forwardAll(world, stage.caller.userId);
          for (const door of doorsOf(world.layout)) await untilDecided(door, '1804', '113', ({ body }) => body.reject?.code === 403);
          return '113 is refused with 403, 1804 forwards to 1803';
        },
      },
      {
        says: 'the stores are stopped',
        run: stopStores,
      },
      {
        says: '112 is dialled and goes to the emergency trunk, first thing in the plan',
        async run(world) {
          const { caller } = stage;
          assert.ok(caller);
          for (const door of doorsOf(world.layout)) {
            const { body } = await ask(door, question('1804', '112'));
            assert.equal(body.emergency, true);
            assert.match(body.steps[0]?.ring[0] ?? '', /^sip:112@/);
          }
          const trunk = await openTrunk(world, 'emergencyTrunk');
          try {
            const call = caller.phone.call('112');
            const arrived = await trunk.nextCall();
            await call.answered();
            await call.hangUp();
            assert.match(arrived.invite.uri, /^sip:112@/);
          } finally {
            await trunk.close();
          }
          return 'answered by the emergency trunk';
        },
      },
      {
        says: 'the stores return',
        run: startStores,
      },
      {
        says: 'a plan that would shadow it is refused with the rule named',
        async run({ admin }) {
          const refused = await admin.attempt<Problem>('PUT', `/switches/${switchName}/partitions/story-shadow`, { name: 'Shadow', patterns: ['112'], action: { kind: 'block', code: 403, reason: 'No' } }, { 'if-none-match': '*' });
          assert.equal(refused.status, 422, JSON.stringify(refused.body));
          const said = JSON.stringify(refused.body);
          assert.match(said, /plan\/emergency-shadowed/);
          assert.match(said, /112/);
          return `422 ${refused.body.type}: ${refused.body.detail ?? refused.body.title}`;
        },
      },
    ],
    async cleanUp(world) {
      await startStores(world);
      await setPartitions(world, (ids) => ids.filter((id) => id !== PARTITION));
      const { body } = await world.admin.get<DialPlan>(`/switches/${switchName}/dial-plan`);
      const partition = body.partitions.find(({ id }) => id === PARTITION);
      if (partition) await world.admin.remove(partitionPath, partition.meta.tag);
      await dismiss(world, [stage.caller]);
    },
  };
}

async function setPartitions({ admin }: World, change: (ids: readonly string[]) => readonly string[]): Promise<void> {
  const { body } = await admin.get<DialPlan>(`/switches/${switchName}/dial-plan`);
  const profile = body.callingProfiles.find(({ id }) => id === 'standard');
  assert.ok(profile);
  await admin.replace(profilePath, { name: profile.name, partitionIds: change(profile.partitionIds) }, profile.meta.tag);
}

async function forwardAll({ admin }: World, userId: string): Promise<void> {
  await admin.createByPut(`/users/${userId}/call-settings`, { forwardAll: { kind: 'number', number: '1803' } } satisfies CallSettingsView['settings']);
}
