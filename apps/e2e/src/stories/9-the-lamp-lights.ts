import assert from 'node:assert/strict';
import { headerOf, type Behaviour, type SipPhone, type SipRequest, type Subscription } from '@sfs/testing';
import { playNewMessage } from '../browser.ts';
import { dismiss, hire, openPhone, register, type Player } from '../cast.ts';
import { giveMailbox, takeMailbox, untilMessages, type Box } from '../mailboxes.ts';
import type { Step, Story } from '../story.ts';
import { untilLamp } from '../voice/lamp.ts';
import { leaveMessage } from '../voice/leave-message.ts';
import { gatewayUrl } from '../world.ts';

/** Calls go on to voicemail at once. */
const BUSY: Behaviour = { status: 486 };

interface Stage {
  caller?: Player;
  /** whose phone subscribes */
  asks?: Player;
  /** whose phone does not */
  waits?: Player;
  boxes: Box[];
  subscription?: Subscription;
  /** a phone that was switched off and on */
  restarted?: SipPhone;
}

export function theLampLights(): Story {
  const stage: Stage = { boxes: [] };
  return {
    name: 'The lamp lights',
    steps: [phonesRegister(stage), messagesLight(stage), pageShows(stage), phoneComesBack(stage), voicemailRestarts(stage)],
    async cleanUp(world) {
      await world.parts.start('voicemail');
      for (const box of stage.boxes) await takeMailbox(world, box);
      await stage.restarted?.unregister().catch(() => undefined);
      await stage.restarted?.close();
      await dismiss(world, [stage.caller, stage.asks, stage.waits]);
    },
  };
}

function phonesRegister(stage: Stage): Step {
  return {
    says: '1854 registers and subscribes to its lamp, 1855 only registers; both are told that nothing waits',
    async run(world) {
      stage.caller = await hire(world, '1853', 'Story Cora');
      stage.asks = await hire(world, '1854', 'Story Dirk');
      stage.waits = await hire(world, '1855', 'Story Edda');
      const { caller, asks, waits } = castOf(stage);
      stage.boxes = [await giveMailbox(world, asks), await giveMailbox(world, waits)];
      for (const { phone } of [caller, asks, waits]) await register(phone);
      for (const { phone } of [asks, waits]) phone.behaviour = BUSY;
      stage.subscription = await asks.phone.subscribe({ expires: 600 });
      assert.equal(stage.subscription.response.status, 200);
      await untilLamp(asks.phone, 'no', '0/0', insideDialog(stage.subscription));
      await untilLamp(waits.phone, 'no', '0/0');
      return 'Messages-Waiting: no, once in the subscription and once unasked';
    },
  };
}

function messagesLight(stage: Stage): Step {
  return {
    says: 'a message for each: both lamps light, through Kamailio',
    async run(world) {
      const { caller, asks, waits } = castOf(stage);
      const took = [await leaveAndSee(caller, asks, '1/0'), await leaveAndSee(caller, waits, '1/0')];
      for (const box of stage.boxes) await untilMessages(world, box, 1);
      return `lit ${took.map((ms) => ms.toFixed(0)).join(' and ')} ms after the hang-up`;
    },
  };
}

function pageShows(stage: Stage): Step {
  return {
    says: 'the user of 1854 signs in: the page shows one new message and plays it',
    async run(world) {
      const { asks } = castOf(stage);
      const login = `dirk-${Date.now().toString(36)}`;
      const { body } = await world.admin.post<{ oneTimePassword: string }>(`/users/${asks.userId}/account`, { login });
      const { fresh, plays } = await playNewMessage({ url: gatewayUrl(world.layout), login, password: body.oneTimePassword });
      assert.equal(fresh, 1);
      assert.match(plays, /1853/);
      return `"${plays}"; it plays`;
    },
  };
}

function phoneComesBack(stage: Stage): Step {
  return {
    says: '1855 is switched off and on: its lamp lights again',
    async run(world) {
      const { waits } = castOf(stage);
      await waits.phone.unregister();
      stage.restarted = await openPhone(world, waits.number, waits.password);
      const began = performance.now();
      stage.restarted.behaviour = BUSY;
      await register(stage.restarted);
      await untilLamp(stage.restarted, 'yes', '1/0');
      return `told ${(performance.now() - began).toFixed(0)} ms after it registered`;
    },
  };
}

function voicemailRestarts(stage: Stage): Step {
  return {
    says: 'voicemail is restarted: the subscription of before still holds, and a second message is told to both',
    async run(world) {
      const { caller, asks, waits } = castOf(stage);
      await world.parts.stop('voicemail');
      await world.parts.start('voicemail');
      assert.equal((await stage.subscription?.refresh(600))?.status, 200, 'the refresh of a subscription from before');
      const inDialog = untilLamp(asks.phone, 'yes', '2/0', insideDialog(stage.subscription));
      await leaveMessage(caller.phone, asks.number, 100);
      await inDialog;
      const again = leaveMessage(caller.phone, waits.number, 100);
      assert.ok(stage.restarted);
      await untilLamp(stage.restarted, 'yes', '2/0');
      await again;
      return 'refreshed with 200; 2/0 in the subscription and unasked';
    },
  };
}

async function leaveAndSee(caller: Player, owner: Player, counts: string): Promise<number> {
  await leaveMessage(caller.phone, owner.number, 100);
  const began = performance.now();
  await untilLamp(owner.phone, 'yes', counts);
  return performance.now() - began;
}

const insideDialog = (subscription: Subscription | undefined) => (request: SipRequest): boolean => headerOf(request, 'call-id') === subscription?.callId;

function castOf({ caller, asks, waits }: Stage): { caller: Player; asks: Player; waits: Player } {
  assert.ok(caller && asks && waits, 'the users must have been created');
  return { caller, asks, waits };
}
