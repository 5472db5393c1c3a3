import assert from 'node:assert/strict';
import type { CallSettingsView } from '@sfs/rest-contract';
import { eventually } from '@sfs/testing';
import { dismiss, hire, type Player } from '../cast.ts';
import { rung, untilDecided } from '../decisions.ts';
import type { Step, Story } from '../story.ts';
import { doorsOf, type World } from '../world.ts';

interface Stage {
  bob?: Player;
  /** whom 1809 forwards to, as last seen to be committed */
  committed?: string;
}

/** Moments between two steps of a commit at which provisioning is killed; what must be true afterwards. */
const MOMENTS = [
  { at: 'before-intent', committed: false },
  { at: 'after-intent', committed: false },
  { at: 'after-write', committed: true },
  { at: 'after-indexes', committed: true },
  { at: 'after-publish', committed: true },
] as const;
type Moment = (typeof MOMENTS)[number];

export function aKilledProcessLosesNothing(): Story {
  const stage: Stage = {};
  return {
    name: 'A killed process loses nothing',
    steps: [
      {
        says: 'a user to be changed',
        async run(world) {
          stage.bob = await hire(world, '1809', 'Story Bruno');
          await save(world, stage, outside(0), 'first');
          stage.committed = outside(0);
          await everyConsumerHas(world, outside(0));
        },
      },
      ...MOMENTS.map((moment, index): Step => killedAt(stage, moment, outside(10 + index))),
      { says: 'Kafka is stopped', run: async ({ parts }) => parts.stop('kafka') },
      // without Kafka nothing is ever published, so that moment does not come
      ...MOMENTS.filter(({ at }) => at !== 'after-publish').map((moment, index): Step => killedAt(stage, moment, outside(20 + index), 'without Kafka, ')),
      {
        says: 'Kafka returns: every consumer has the last committed change',
        async run(world) {
          await world.parts.start('kafka');
          const ms = await everyConsumerHas(world, stage.committed ?? '', 30_000);
          return `1809 forwards to ${stage.committed} at both replicas, ${ms.toFixed(0)} ms after Kafka served again`;
        },
      },
    ],
    async cleanUp(world) {
      await world.parts.start('kafka');
      await world.parts.start('provisioning');
      await dismiss(world, [stage.bob]);
    },
  };
}

function killedAt(stage: Stage, moment: Moment, target: string, when = ''): Step {
  return {
    says: `${when}provisioning is killed with -9 ${moment.at.replace('-', ' the ')}`,
    async run(world) {
      await world.parts.stop('provisioning');
      await world.parts.start('provisioning', { SFS_FAILPOINT: moment.at, SFS_ALLOW_FAILPOINTS: 'true' });
      const before = await settingsOf(world, stage);
      const answer = await save(world, stage, target, `kill-${target}`).catch((error: unknown) => error);
      await world.parts.stop('provisioning');
      await world.parts.start('provisioning');
      const after = await eventually('the settings can be read', () => settingsOf(world, stage), 20_000);
      assert.equal(forwardOf(after), moment.committed ? target : forwardOf(before), `${moment.at}: committed or not`);
      stage.committed = forwardOf(after);
      const consumers = when === '' ? await everyConsumerHas(world, stage.committed, 15_000) : 0;
      const again = moment.committed ? await save(world, stage, target, `kill-${target}`, before.meta.tag) : undefined;
      if (again) assert.equal(again.meta.tag, after.meta.tag, 'the retry with the same key counts once');
      const told = answer instanceof Error ? 'outcome unknown' : 'saved';
      return `${moment.committed ? 'committed' : 'nothing written'}${when === '' ? `, every consumer agrees after ${consumers.toFixed(0)} ms` : ''}; the caller was told: ${told}`;
    },
  };
}

/** Numbers outside: 0 is the access digit of the demo plan. */
const outside = (index: number): string => `049305550${String(index).padStart(2, '0')}`;

const pathOf = ({ bob }: Stage): string => `/users/${bob?.userId ?? ''}/call-settings`;
const forwardOf = ({ settings }: CallSettingsView): string => (settings.forwardAll?.kind === 'number' ? settings.forwardAll.number : 'off');
const settingsOf = async ({ admin }: World, stage: Stage): Promise<CallSettingsView> => (await admin.get<CallSettingsView>(pathOf(stage))).body;

async function save(world: World, stage: Stage, target: string, key: string, tag?: string): Promise<CallSettingsView> {
  const based = tag ?? (await settingsOf(world, stage)).meta.tag;
  const condition: Record<string, string> = based === '' ? { 'if-none-match': '*' } : { 'if-match': `"${based}"` };
  const { status, body } = await world.admin.attempt<CallSettingsView>('PUT', pathOf(stage), { forwardAll: { kind: 'number', number: target } }, { ...condition, 'idempotency-key': `${stage.bob?.userId ?? ''}-${key}` });
  if (status > 201) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Every replica forwards there; answers how long it took, ms. */
async function everyConsumerHas({ layout }: World, target: string, limitMs?: number): Promise<number> {
  const waits = doorsOf(layout).map((door) => untilDecided(door, '1001', '1809', (answer) => rung(answer).includes(target.slice(1)), limitMs));
  return Math.max(...(await Promise.all(waits)));
}
