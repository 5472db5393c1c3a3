import assert from 'node:assert/strict';
import { codeWords } from '@sfs/testing';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { giveMailbox, mailboxOf, takeMailbox, untilMessages, type Box } from '../mailboxes.ts';
import type { Step, Story } from '../story.ts';
import { assertHolds } from '../voice/assert-holds.ts';
import { untilLamp } from '../voice/lamp.ts';
import { leaveMessage } from '../voice/leave-message.ts';
import { callForeignBox, callOwnBox, enterPin, keys, says } from '../voice/menu.ts';
import { VoiceCall } from '../voice/voice-call.ts';

const PIN = '280419';
const SPOKEN = 450;
const NAME = 10_000;
const GREETING = 20_000;

interface Stage {
  caller?: Player;
  owner?: Player;
  box?: Box;
}

export function theOwnerListensByPhone(): Story {
  const stage: Stage = {};
  return {
    name: 'The owner listens by phone',
    steps: [messageWaits(stage), firstUse(stage), messageIsHeard(stage), messageIsKeptAndDeleted(stage), foreignPhone(stage), ownGreeting(stage)],
    async cleanUp(world) {
      await takeMailbox(world, stage.box);
      await dismiss(world, [stage.caller, stage.owner]);
    },
  };
}

function messageWaits(stage: Stage): Step {
  return {
    says: '1856 leaves nine seconds for 1857; the lamp is lit',
    async run(world) {
      stage.caller = await hire(world, '1856', 'Story Jana');
      stage.owner = await hire(world, '1857', 'Story Kurt');
      await register(stage.caller.phone);
      await register(stage.owner.phone);
      stage.owner.phone.behaviour = { status: 486 };
      stage.box = await giveMailbox(world, stage.owner);
      await leaveMessage(stage.caller.phone, stage.owner.number, SPOKEN);
      await untilLamp(stage.owner.phone, 'yes', '1/0');
      await untilMessages(world, stage.box, 1);
    },
  };
}

function firstUse(stage: Stage): Step {
  return {
    says: '1857 dials 5555 with the one-time PIN: a PIN of its own is demanded, a name and a greeting are offered and recorded',
    async run(world) {
      const { owner, box } = castOf(stage);
      const call = await callOwnBox(owner);
      await enterPin(call, box.oneTimePin);
      for (const prompt of [says.choosePin, says.repeatPin]) {
        await call.untilPrompt(prompt);
        await call.dial(`${PIN}#`);
      }
      await call.untilPrompt(says.pinChanged);
      await record(call, says.offerName, NAME, 100);
      await record(call, says.offerGreeting, GREETING, 150);
      await call.untilPrompt(says.main);
      await call.hangUp();
      const { greetings, pinMustChange } = await mailboxOf(world, box);
      assert.equal(pinMustChange, false);
      assert.deepEqual(greetings.map(({ kind }) => kind).sort(), ['greeting', 'name']);
      return greetings.map(({ kind, durationMs }) => `${kind} of ${(durationMs / 1000).toFixed(1)} s`).join(', ');
    },
  };
}

function messageIsHeard(stage: Stage): Step {
  return {
    says: 'with the new PIN the message is heard: each packet that was left, in order',
    async run() {
      const { owner } = castOf(stage);
      const call = await callOwnBox(owner);
      await enterPin(call, PIN);
      await call.untilPrompt(says.main);
      await call.dial(keys.newMessages);
      const heard = await call.untilCodeWords(SPOKEN, 30_000);
      assertHolds(heard, SPOKEN);
      await call.untilPrompt(says.message);
      await call.dial(keys.save);
      await call.untilPrompt(says.saved);
      await call.hangUp();
      await untilLamp(owner.phone, 'no', '0/1');
      return `${SPOKEN} of ${SPOKEN} packets; saved, and the lamp is out (0/1)`;
    },
  };
}

function messageIsKeptAndDeleted(stage: Stage): Step {
  return {
    says: 'replayed, deleted, taken back, deleted: the lamp counts along',
    async run(world) {
      const { owner, box } = castOf(stage);
      const call = await callOwnBox(owner);
      await enterPin(call, PIN);
      await call.untilPrompt(says.main);
      await call.dial(keys.savedMessages);
      for (const next of [keys.replay, '']) {
        assertHolds(await call.untilCodeWords(SPOKEN, 30_000), SPOKEN);
        await call.untilPrompt(says.message);
        await call.dial(next);
      }
      for (const prompt of [says.deleted, says.restored, says.deleted]) {
        await call.dial(keys.delete);
        await call.untilPrompt(prompt);
      }
      await call.hangUp();
      await untilLamp(owner.phone, 'no', '0/0');
      await untilMessages(world, box, 0);
      assert.equal((await mailboxOf(world, box)).counts.deleted, 1);
      return '0/0; the message is in Deleted';
    },
  };
}

function foreignPhone(stage: Stage): Step {
  return {
    says: 'from the phone of 1856 the box number is asked, too',
    async run() {
      const { caller, owner } = castOf(stage);
      const call = await callForeignBox(caller, owner.number);
      await enterPin(call, PIN);
      await call.untilPrompt(says.main);
      await call.hangUp();
    },
  };
}

function ownGreeting(stage: Stage): Step {
  return {
    says: 'the next caller hears the own greeting',
    async run() {
      const { caller, owner } = castOf(stage);
      const call = await VoiceCall.place(caller.phone, owner.number);
      assertHolds(await call.untilCodeWords(150), 150, GREETING);
      await call.untilTone();
      await call.hangUp();
      return '150 of 150 packets, then the tone';
    },
  };
}

/** Speaks after the tone, ends with #, listens to it and keeps it. */
async function record(call: VoiceCall, offer: string, first: number, frames: number): Promise<void> {
  await call.untilPrompt(offer);
  await call.dial(keys.record);
  await call.untilTone();
  await call.say(codeWords(frames, first));
  await call.dial('#');
  await call.untilPrompt(says.review);
  await call.dial(keys.listen);
  assertHolds(await call.untilCodeWords(frames), frames, first);
  await call.untilPrompt(says.review);
  await call.dial(keys.keep);
  await call.untilPrompt(says.recordingKept);
}

function castOf({ caller, owner, box }: Stage): { caller: Player; owner: Player; box: Box } {
  assert.ok(caller && owner && box, 'the users and the mailbox must have been created');
  return { caller, owner, box };
}
