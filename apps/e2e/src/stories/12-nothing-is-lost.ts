import assert from 'node:assert/strict';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { VoiceMessage } from '@sfs/rest-contract';
import { spoolDirOf } from '../../../../tools/stack/layout.ts';
import { codeWords } from '@sfs/testing';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { giveMailbox, recordingOf, takeMailbox, untilMessages, type Box } from '../mailboxes.ts';
import type { Step, Story } from '../story.ts';
import { assertHolds } from '../voice/assert-holds.ts';
import { leaveMessage } from '../voice/leave-message.ts';
import { VoiceCall } from '../voice/voice-call.ts';
import { startStores, type World } from '../world.ts';

interface Stage {
  caller?: Player;
  owner?: Player;
  box?: Box;
  left: number;
}

export function nothingIsLost(): Story {
  const stage: Stage = { left: 0 };
  return {
    name: 'Nothing is lost',
    steps: [
      {
        says: '1861 has a mailbox and is always busy',
        async run(world) {
          stage.caller = await hire(world, '1860', 'Story Finn');
          stage.owner = await hire(world, '1861', 'Story Gesa');
          await register(stage.caller.phone);
          await register(stage.owner.phone);
          stage.owner.phone.behaviour = { status: 486 };
          stage.box = await giveMailbox(world, stage.owner);
        },
      },
      voicemailIsKilled(stage),
      cassandraIsKilled(stage),
      cassandraIsAway(stage),
      nowhereToWrite(stage),
    ],
    async cleanUp(world) {
      giveSpoolBack(world);
      await startStores(world);
      await world.parts.start('voicemail');
      await takeMailbox(world, stage.box);
      await dismiss(world, [stage.caller, stage.owner]);
    },
  };
}

function voicemailIsKilled(stage: Stage): Step {
  return {
    says: 'voicemail is killed with -9 after five seconds of speech: what was spoken so far becomes a message, marked truncated',
    async run(world) {
      const { caller, owner } = castOf(stage);
      const call = await VoiceCall.place(caller.phone, owner.number);
      await call.untilTone();
      await call.say(codeWords(250));
      await world.parts.signal('voicemail', 'SIGKILL');
      await call.drop();
      await world.parts.start('voicemail');
      const message = await newest(world, stage, 30_000);
      assert.equal(message.truncated, true);
      const kept = assertHolds((await recordingOf(world, message)).audio);
      assert.ok(kept >= 150, `only ${kept} of 250 packets`);
      return `${kept} of 250 packets, in order, marked truncated`;
    },
  };
}

function cassandraIsKilled(stage: Stage): Step {
  return {
    says: 'Cassandra is killed with -9 in mid-message and returns: the message is there once, whole',
    async run(world) {
      const { caller, owner } = castOf(stage);
      const call = await VoiceCall.place(caller.phone, owner.number);
      await call.untilTone();
      const begun = call.say(codeWords(150));
      const goesOn = call.say(codeWords(150, 150));
      await begun;
      await world.parts.signal('cassandra', 'SIGKILL');
      await goesOn;
      await call.hangUp();
      await startStores(world);
      const message = await newest(world, stage, 60_000);
      assertHolds((await recordingOf(world, message)).audio, 300);
      return `300 of 300 packets; ${stage.left} messages in the box`;
    },
  };
}

function cassandraIsAway(stage: Stage): Step {
  return {
    says: 'Cassandra is away before the call: the message waits in the spool and is there once when Cassandra is back',
    async run(world) {
      const { caller, owner } = castOf(stage);
      await world.parts.stop('cassandra');
      await leaveMessage(caller.phone, owner.number, 150);
      await startStores(world);
      const message = await newest(world, stage, 60_000);
      assertHolds((await recordingOf(world, message)).audio, 150);
      assert.equal(message.truncated, false);
      return `150 of 150 packets; ${stage.left} messages in the box`;
    },
  };
}

function nowhereToWrite(stage: Stage): Step {
  return {
    says: 'Cassandra is away and the spool cannot be written: the caller is told so, before any tone',
    async run(world) {
      const { caller, owner, box } = castOf(stage);
      await world.parts.stop('cassandra');
      takeSpoolAway(world);
      const call = await VoiceCall.place(caller.phone, owner.number);
      await call.untilPrompt('no-storage', 30_000);
      await call.hungUp(30_000);
      assert.equal(call.hasTone, false, 'nobody is invited to speak');
      giveSpoolBack(world);
      await startStores(world);
      await untilMessages(world, box, stage.left, 30_000);
      await leaveMessage(caller.phone, owner.number, 150);
      await newest(world, stage, 30_000);
      return 'told and hung up; the next caller leaves a message as ever';
    },
  };
}

/** A file where the folder was: nothing can be made in it, not even by root. */
function takeSpoolAway({ layout }: World): void {
  const spool = spoolDirOf(layout.dataDir);
  mkdirSync(spool, { recursive: true });
  renameSync(spool, `${spool}.kept`);
  writeFileSync(spool, '');
}

function giveSpoolBack({ layout }: World): void {
  const spool = spoolDirOf(layout.dataDir);
  if (!existsSync(`${spool}.kept`)) return;
  rmSync(spool, { recursive: true, force: true });
  renameSync(`${spool}.kept`, spool);
}

/** One more than before, and no second copy of any. */
async function newest(world: World, stage: Stage, limitMs: number): Promise<VoiceMessage> {
  stage.left += 1;
  const messages = await untilMessages(world, castOf(stage).box, stage.left, limitMs);
  assert.equal(new Set(messages.map(({ id }) => id)).size, messages.length);
  const [message] = messages;
  assert.ok(message);
  return message;
}

function castOf({ caller, owner, box }: Stage): { caller: Player; owner: Player; box: Box } {
  assert.ok(caller && owner && box, 'the users and the mailbox must have been created');
  return { caller, owner, box };
}
