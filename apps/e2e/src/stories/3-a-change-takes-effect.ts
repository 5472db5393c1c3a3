import assert from 'node:assert/strict';
import type { CallSettingsView } from '@sfs/rest-contract';
import { signInAndForward } from '../browser.ts';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { rung, untilDecided } from '../decisions.ts';
import type { Story } from '../story.ts';
import { doorsOf, gatewayUrl, type World } from '../world.ts';

const GOAL_MS = 2000;

interface Stage {
  bob?: Player;
  cid?: Player;
  login?: string;
  password?: string;
}

export function aChangeTakesEffect(): Story {
  const stage: Stage = {};
  return {
    name: 'A change takes effect',
    steps: [
      {
        says: 'the user of 1805 gets an account with a one-time password, shown once',
        async run(world) {
          stage.bob = await hire(world, '1805', 'Story Bea');
          stage.cid = await hire(world, '1806', 'Story Carl');
          await register(stage.bob.phone);
          await register(stage.cid.phone);
          stage.login = `bea-${Date.now().toString(36)}`;
          const { body } = await world.admin.post<{ oneTimePassword: string }>(`/users/${stage.bob.userId}/account`, { login: stage.login });
          stage.password = body.oneTimePassword;
          assert.ok(stage.password.length >= 12);
          for (const door of doorsOf(world.layout)) await untilDecided(door, '1806', '1805', (answer) => rung(answer)[0] === '1805');
          return stage.login;
        },
      },
      {
        says: 'signed in, the user sets Forward All Calls to 1806 in the UI',
        async run(world) {
          const { bob, login = '', password = '' } = stage;
          assert.ok(bob);
          const bothDecide = async (): Promise<number> => Math.max(...(await Promise.all(doorsOf(world.layout).map((door) => untilDecided(door, '1801', '1805', (answer) => rung(answer)[0] === '1806')))));
          const { said, found: ms } = await signInAndForward({ url: gatewayUrl(world.layout), login, password, target: '1806', onSaved: bothDecide });
          assert.ok(ms < GOAL_MS, `in effect after ${ms} ms; the goal is ${GOAL_MS}`);
          return `both replicas decide with it ${ms.toFixed(0)} ms after the save's answer; the page says "${said}"`;
        },
      },
      {
        says: 'the next call to 1805 rings 1806, with a Diversion header',
        async run() {
          const { bob, cid } = stage;
          assert.ok(bob && cid);
          const call = bob.phone.call(bob.number);
          const incoming = await cid.phone.nextCall();
          await call.answered();
          await call.hangUp();
          assert.match(incoming.header('diversion') ?? '', /1805.*reason=unconditional/);
          return incoming.header('diversion') ?? '';
        },
      },
      { says: 'measured over REST: from the answer to a save to the first decision with it', run: (world) => measure(world, stage) },
    ],
    cleanUp: (world) => dismiss(world, [stage.bob, stage.cid]),
  };
}

/** Ten saves, each asked for at both replicas from the moment of its answer. */
async function measure({ admin, layout }: World, { bob }: Stage): Promise<string> {
  assert.ok(bob);
  const path = `/users/${bob.userId}/call-settings`;
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const forwards = round % 2 === 1;
    const target = forwards ? '1806' : '1805';
    const { body } = await admin.get<CallSettingsView>(path);
    await admin.replace(path, { forwardAll: forwards ? { kind: 'number', number: target } : { kind: 'off' } }, body.meta.tag);
    const waits = await Promise.all(doorsOf(layout).map((door) => untilDecided(door, '1801', '1805', (answer) => rung(answer)[0] === target)));
    times.push(Math.max(...waits));
  }
  times.sort((a, b) => a - b);
  const worst = times.at(-1) ?? 0;
  assert.ok(worst < GOAL_MS, `the slowest took ${worst.toFixed(0)} ms; the goal is ${GOAL_MS}`);
  return `median ${times[5]?.toFixed(0)} ms, worst ${worst.toFixed(0)} ms of 10`;
}
