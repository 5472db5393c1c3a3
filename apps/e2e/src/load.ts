import assert from 'node:assert/strict';
import { answerWithSipp, freePort, percentile, runSipp, type SippResult } from '@sfs/testing';
import type { DialPlan } from '@sfs/rest-contract';
import { switchName } from '../../../tools/stack/layout.ts';
import type { World } from './world.ts';

const NUMBER = '1832';
const NAME = 'story-load';
const root = `/switches/${switchName}`;

/** Calls that a trunk places to a number which the plan sends out by another trunk: no registration is involved, and without a plan they fail. */
export interface Load {
  run(perSecond: number, seconds: number): Promise<SippResult>;
  end(): Promise<void>;
}

export async function prepareLoad(world: World): Promise<Load> {
  const port = await freePort();
  await changePlan(world, (plan) => ({ trunks: [...plan.settings.trunks, { name: NAME, uri: `sip:127.0.0.1:${port}` }], profile: [...inbound(plan).partitionIds, NAME] }), async () => {
    await world.admin.createByPut(`${root}/partitions/${NAME}`, { name: 'Story: load', patterns: [NUMBER], action: { kind: 'trunk', trunks: [NAME] } });
  });
  const answering = answerWithSipp({ host: '127.0.0.1', port }, 600_000);
  return {
    run: (perSecond, seconds) =>
      runSipp({
        scenario: 'places-calls-and-hangs-up',
        local: { host: '127.0.0.1', port: world.layout.ports.trunk },
        proxy: { host: '127.0.0.1', port: world.layout.ports.sip },
        number: NUMBER,
        callsPerSecond: perSecond,
        calls: perSecond * seconds,
        limitMs: seconds * 1000 + 30_000,
      }),
    end: async () => {
      await answering.end();
      await removePlan(world);
    },
  };
}

export const inWords = ({ succeeded, failed, setUpMs }: SippResult): string =>
  `${failed} of ${succeeded + failed} calls failed; set-up p50 ${percentile(setUpMs, 50)}, p99 ${percentile(setUpMs, 99)}, max ${Math.max(...setUpMs)} ms`;

/** Also what an earlier, broken run has left. */
export async function removePlan(world: World): Promise<void> {
  await changePlan(world, (plan) => ({ trunks: plan.settings.trunks, profile: inbound(plan).partitionIds.filter((id) => id !== NAME) }));
  const plan = await readPlan(world);
  const partition = plan.partitions.find(({ id }) => id === NAME);
  if (partition) await world.admin.remove(`${root}/partitions/${NAME}`, partition.meta.tag);
  await changePlan(world, (now) => ({ trunks: now.settings.trunks.filter(({ name }) => name !== NAME), profile: inbound(now).partitionIds }));
}

interface Change {
  readonly trunks: DialPlan['settings']['trunks'];
  readonly profile: readonly string[];
}

const readPlan = async ({ admin }: World): Promise<DialPlan> => (await admin.get<DialPlan>(`${root}/dial-plan`)).body;

function inbound({ settings, callingProfiles }: DialPlan): DialPlan['callingProfiles'][number] {
  const profile = callingProfiles.find(({ id }) => id === settings.inboundProfileId);
  assert.ok(profile, 'the demo plan has an inbound profile');
  return profile;
}

/** Trunks first, then `between`, then the profile: each refers only to what is there. */
async function changePlan(world: World, change: (plan: DialPlan) => Change, between: () => Promise<void> = async () => undefined): Promise<void> {
  const plan = await readPlan(world);
  const { trunks, profile } = change(plan);
  const { meta, ...settings } = plan.settings;
  if (JSON.stringify(trunks) !== JSON.stringify(settings.trunks)) await world.admin.replace(`${root}/dial-plan-settings`, { ...settings, trunks }, meta.tag);
  await between();
  const { id, name, partitionIds, meta: profileMeta } = inbound(plan);
  if (JSON.stringify(profile) !== JSON.stringify(partitionIds)) await world.admin.replace(`${root}/calling-profiles/${id}`, { name, partitionIds: profile }, profileMeta.tag);
}
