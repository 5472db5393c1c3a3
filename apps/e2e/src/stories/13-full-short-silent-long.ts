import assert from 'node:assert/strict';
import { codeWords } from '@sfs/testing';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { giveMailbox, messagesOf, recordingOf, takeMailbox, untilMessages, type Box } from '../mailboxes.ts';
import type { Step, Story } from '../story.ts';
import { assertHolds } from '../voice/assert-holds.ts';
import { VoiceCall } from '../voice/voice-call.ts';

const MAX_SECONDS = 10;

interface Stage {
  caller?: Player;
  owner?: Player;
  box?: Box;
}

export function fullShortSilentLong(): Story {
  const stage: Stage = {};
  return {
    name: 'Full, short, silent, long',
    steps: [
      {
        says: `1863 has a mailbox for one message of at most ${MAX_SECONDS} s, and is always busy`,
        async run(world) {
          stage.caller = await hire(world, '1862', 'Story Hugo');
          stage.owner = await hire(world, '1863', 'Story Ilse');
          await register(stage.caller.phone);
          await register(stage.owner.phone);
          stage.owner.phone.behaviour = { status: 486 };
          stage.box = await giveMailbox(world, stage.owner, { maxMessages: 1, maxMessageSeconds: MAX_SECONDS });
        },
      },
      short(stage),
      silent(stage),
      long(stage),
      full(stage),
    ],
    async cleanUp(world) {
      await takeMailbox(world, stage.box);
      await dismiss(world, [stage.caller, stage.owner]);
    },
  };
}

function short(stage: Stage): Step {
  return {
    says: 'too short: a tenth of a second is no message',
    async run() {
      const { caller, owner } = castOf(stage);
      const call = await VoiceCall.place(caller.phone, owner.number);
      await call.untilTone({ breathMs: 0 });
      await call.say(codeWords(5));
      await call.hangUp();
      return 'hung up after 100 ms; the box has room for one, so the next message proves that none was kept';
    },
  };
}

function silent(stage: Stage): Step {
  return {
    says: 'silent: nothing is said, the caller is told and nothing is kept',
    async run(world) {
      const { caller, owner, box } = castOf(stage);
      const call = await VoiceCall.place(caller.phone, owner.number);
      await call.untilTone();
      const saying = call.say(new Array<Uint8Array>(600).fill(new Uint8Array(160).fill(0xff)));
      await call.untilPrompt('nothing-recorded', 20_000);
      await call.hangUp();
      await saying;
      assert.equal((await messagesOf(world, box)).length, 0);
      return 'told after the silence';
    },
  };
}

function long(stage: Stage): Step {
  return {
    says: `long: after ${MAX_SECONDS} s the caller is told, and that much is the message`,
    async run(world) {
      const { caller, owner, box } = castOf(stage);
      const call = await VoiceCall.place(caller.phone, owner.number);
      await call.untilTone();
      await call.say(codeWords(MAX_SECONDS * 50 + 100));
      await call.untilPrompt('message-too-long');
      await call.untilPrompt('review-message');
      await call.dial('1');
      await call.untilPrompt('message-kept');
      await call.hungUp(20_000);
      const [message] = await untilMessages(world, box, 1);
      assert.ok(message);
      assert.ok(Math.abs(message.durationMs - MAX_SECONDS * 1000) <= 100, `${message.durationMs} ms`);
      const kept = assertHolds((await recordingOf(world, message)).audio);
      return `${kept} packets of ${MAX_SECONDS * 50 + 100}, ${message.durationMs} ms`;
    },
  };
}

function full(stage: Stage): Step {
  return {
    says: 'full: the next caller is told before any tone',
    async run(world) {
      const { caller, owner, box } = castOf(stage);
      const call = await VoiceCall.place(caller.phone, owner.number);
      await call.untilPrompt('mailbox-full');
      await call.hungUp(20_000);
      assert.equal(call.hasTone, false);
      assert.equal((await messagesOf(world, box)).length, 1);
      return 'told and hung up';
    },
  };
}

function castOf({ caller, owner, box }: Stage): { caller: Player; owner: Player; box: Box } {
  assert.ok(caller && owner && box, 'the users and the mailbox must have been created');
  return { caller, owner, box };
}
