import assert from 'node:assert/strict';
import type { Behaviour, G711 } from '@sfs/testing';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { rung, type DoorAnswer } from '../decisions.ts';
import { giveMailbox, recordingOf, setCallSettings, takeMailbox, untilMessages, type Box } from '../mailboxes.ts';
import type { Step, Story } from '../story.ts';
import { assertHolds } from '../voice/assert-holds.ts';
import { leaveMessage } from '../voice/leave-message.ts';
import type { World } from '../world.ts';

interface Stage {
  ann?: Player;
  ben?: Player;
  box?: Box;
  left: number;
}

export function noAnswerBecomesAMessage(): Story {
  const stage: Stage = { left: 0 };
  return {
    name: 'No answer becomes a message',
    steps: [
      {
        says: '1852 gets a mailbox; no forward is set anywhere',
        async run(world) {
          stage.ann = await hire(world, '1851', 'Story Alma');
          stage.ben = await hire(world, '1852', 'Story Bodo');
          await register(stage.ann.phone);
          await register(stage.ben.phone);
          stage.box = await giveMailbox(world, stage.ben);
          await setCallSettings(world, stage.ben, { noAnswerTimeoutSeconds: 5 }, (answer) => answer.body.steps?.[0]?.timeout === 5);
          return 'no answer, busy and unreachable lead to the own mailbox at both replicas';
        },
      },
      leave(stage, { says: '1851 calls, 1852 does not answer: greeting, tone, nine seconds of speech, each packet of it in the message', behaviour: 'ring', reason: 'no-answer', frames: 450, codec: 'pcmu' }),
      leave(stage, { says: 'busy becomes a message, in the other law', behaviour: { status: 486 }, reason: 'busy', frames: 150, codec: 'pcma' }),
      {
        says: 'unreachable becomes a message',
        async run(world) {
          const { ben } = castOf(stage);
          await ben.phone.unregister();
          return leaveAndCompare(world, stage, { reason: 'unreachable', frames: 150, codec: 'pcmu' });
        },
      },
      {
        says: 'all calls forwarded to voicemail: the phone does not ring',
        async run(world) {
          const { ben } = castOf(stage);
          await register(ben.phone);
          await setCallSettings(world, ben, { forwardAll: { kind: 'voicemail' } }, (answer) => firstRung(answer) === 'deposit');
          const before = ben.phone.calls.all.length;
          const said = await leaveAndCompare(world, stage, { reason: 'all', frames: 150, codec: 'pcmu' });
          assert.equal(ben.phone.calls.all.length, before);
          return said;
        },
      },
    ],
    async cleanUp(world) {
      await takeMailbox(world, stage.box);
      await dismiss(world, [stage.ann, stage.ben]);
    },
  };
}

const firstRung = (answer: DoorAnswer): string | undefined => rung(answer)[0];

interface Left {
  readonly reason: string;
  readonly frames: number;
  readonly codec: G711;
}

function leave(stage: Stage, { says, behaviour, ...left }: Left & { readonly says: string; readonly behaviour: Behaviour }): Step {
  return {
    says,
    run(world) {
      castOf(stage).ben.phone.behaviour = behaviour;
      return leaveAndCompare(world, stage, left);
    },
  };
}

/** Speaks code words after the tone and compares them with what the API plays. */
async function leaveAndCompare(world: World, stage: Stage, { reason, frames, codec }: Left): Promise<string> {
  const { ann, ben, box } = castOf(stage);
  const { callId, greetingMs } = await leaveMessage(ann.phone, ben.number, frames, codec);
  assert.ok(greetingMs > 1000, `only ${greetingMs} ms were heard before the tone`);
  stage.left += 1;
  const [message] = await untilMessages(world, box, stage.left);
  assert.ok(message);
  const { truncated, packetsLost, fromNumber } = message;
  assert.deepEqual({ reason: message.reason, callId: message.callId, codec: message.codec, truncated, packetsLost, fromNumber }, { reason, callId, codec, truncated: false, packetsLost: 0, fromNumber: ann.number });
  const { audio, codec: played } = await recordingOf(world, message);
  assert.equal(played, codec);
  assertHolds(audio, frames);
  assert.ok(Math.abs(audio.length / 8 - message.durationMs) < 40, `${audio.length} bytes are not ${message.durationMs} ms`);
  return `${(greetingMs / 1000).toFixed(1)} s of greeting and tone heard; ${frames} packets spoken, ${frames} in the message in order, none lost (${message.codec}, ${(message.durationMs / 1000).toFixed(1)} s, ${reason})`;
}

function castOf({ ann, ben, box }: Stage): { ann: Player; ben: Player; box: Box } {
  assert.ok(ann && ben && box, 'the users and the mailbox must have been created');
  return { ann, ben, box };
}
