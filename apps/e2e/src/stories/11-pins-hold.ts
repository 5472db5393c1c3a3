import assert from 'node:assert/strict';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { giveMailbox, mailboxOf, takeMailbox, type Box } from '../mailboxes.ts';
import type { Step, Story } from '../story.ts';
import { callForeignBox, callOwnBox, enterPin, says } from '../voice/menu.ts';
import type { World } from '../world.ts';

const WRONG = ['903471', '903472', '903473', '903474', '903475', '903476'] as const;
const NOWHERE = '1899';
/** one attempt may take so much longer than another; a PIN's hash takes several times that */
const SAME_MS = 150;

interface Stage {
  thief?: Player;
  owner?: Player;
  box?: Box;
  freshPin?: string;
}

export function pinsHold(): Story {
  const stage: Stage = {};
  return {
    name: 'PINs hold',
    steps: [wrongIsRefused(stage), nothingIsTold(stage), aheadIsNotTried(stage), parallelLocks(stage), administratorHelps(stage)],
    async cleanUp(world) {
      await takeMailbox(world, stage.box);
      await dismiss(world, [stage.thief, stage.owner]);
    },
  };
}

function wrongIsRefused(stage: Stage): Step {
  return {
    says: 'a wrong PIN is refused, the right one of the same call is taken',
    async run(world) {
      stage.thief = await hire(world, '1858', 'Story Lars');
      stage.owner = await hire(world, '1859', 'Story Mona');
      await register(stage.thief.phone);
      await register(stage.owner.phone);
      stage.box = await giveMailbox(world, stage.owner);
      const call = await callOwnBox(stage.owner);
      await enterPin(call, WRONG[0]);
      await call.untilPrompt(says.refused);
      await call.dial(`${stage.box.oneTimePin}#`);
      await call.untilPrompt(says.choosePin);
      await call.hangUp();
    },
  };
}

function nothingIsTold(stage: Stage): Step {
  return {
    says: 'a box that does not exist sounds the same and takes as long as a wrong PIN',
    async run(world) {
      const { thief, box } = castOf(stage);
      const real = await attempt(thief, box.number, WRONG[1]);
      const none = await attempt(thief, NOWHERE, WRONG[1]);
      assert.ok(Math.abs(real.ms - none.ms) < SAME_MS, `${real.ms.toFixed(0)} ms and ${none.ms.toFixed(0)} ms`);
      await unlock(world, box);
      return `both hear the same prompts; ${real.ms.toFixed(0)} and ${none.ms.toFixed(0)} ms until the answer`;
    },
  };
}

function aheadIsNotTried(stage: Stage): Step {
  return {
    says: 'six PINs sent ahead in one call are one attempt',
    async run(world) {
      const { thief, owner, box } = castOf(stage);
      const call = await callForeignBox(thief, box.number);
      await call.untilPrompt(says.askPin);
      await call.dialAtOnce(WRONG.map((pin) => `${pin}#`).join(''));
      await call.untilPrompt(says.refused);
      await call.hangUp();
      assert.equal((await mailboxOf(world, box)).lockedUntil, null);
      const own = await callOwnBox(owner);
      await enterPin(own, box.oneTimePin);
      await own.untilPrompt(says.choosePin);
      await own.hangUp();
      return 'the box is open and takes the right PIN';
    },
  };
}

function parallelLocks(stage: Stage): Step {
  return {
    says: 'six calls at once with a wrong PIN each lock the box: not even the right PIN opens it',
    async run(world) {
      const { thief, owner, box } = castOf(stage);
      const calls = await Promise.all(WRONG.map(() => callForeignBox(thief, box.number)));
      await Promise.all(calls.map((call) => call.untilPrompt(says.askPin)));
      await Promise.all(calls.map((call, index) => call.dial(`${WRONG[index]}#`)));
      await Promise.all(calls.map((call) => call.untilPrompt(says.refused)));
      await Promise.all(calls.map((call) => call.hangUp()));
      const { lockedUntil } = await mailboxOf(world, box);
      assert.ok(lockedUntil, 'the box must be locked');
      const minutes = (Date.parse(lockedUntil) - Date.now()) / 60_000;
      assert.ok(minutes > 9 && minutes <= 10, `locked for ${minutes.toFixed(1)} min`);
      const own = await callOwnBox(owner);
      await enterPin(own, box.oneTimePin);
      await own.untilPrompt(says.refused);
      await own.drop();
      return `locked for ${minutes.toFixed(1)} min; nobody is told so`;
    },
  };
}

function administratorHelps(stage: Stage): Step {
  return {
    says: 'the administrator unlocks and gives a new PIN: the old one is void, and both are in the history',
    async run(world) {
      const { owner, box } = castOf(stage);
      await unlock(world, box);
      assert.equal((await mailboxOf(world, box)).lockedUntil, null);
      const { body } = await world.admin.post<{ oneTimePin: string }>(`/mailboxes/${box.number}/pin`);
      assert.notEqual(body.oneTimePin, box.oneTimePin);
      const call = await callOwnBox(owner);
      await enterPin(call, box.oneTimePin);
      await call.untilPrompt(says.refused);
      await call.dial(`${body.oneTimePin}#`);
      await call.untilPrompt(says.choosePin);
      await call.hangUp();
      const changes = await world.admin.get<{ items: { entityId: string; actor: string; kind: string }[] }>('/changes?pageSize=50');
      const ours = changes.body.items.filter(({ entityId }) => entityId === box.number).map(({ kind, actor }) => `${kind} by ${actor}`);
      assert.ok(ours.length >= 2, `the history of the box: ${ours.join(', ')}`);
      return ours.join(', ');
    },
  };
}

/** The way of a stranger; how long the answer to the PIN takes. */
async function attempt(thief: Player, box: string, pin: string): Promise<{ ms: number }> {
  const call = await callForeignBox(thief, box);
  await enterPin(call, pin);
  const began = performance.now();
  await call.untilPrompt(says.refused);
  const ms = performance.now() - began;
  await call.hangUp();
  return { ms };
}

async function unlock({ admin }: World, { number }: Box): Promise<void> {
  const { status } = await admin.attempt('DELETE', `/mailboxes/${number}/lock`, undefined);
  assert.equal(status, 204);
}

function castOf({ thief, owner, box }: Stage): { thief: Player; owner: Player; box: Box } {
  assert.ok(thief && owner && box, 'the users and the mailbox must have been created');
  return { thief, owner, box };
}
