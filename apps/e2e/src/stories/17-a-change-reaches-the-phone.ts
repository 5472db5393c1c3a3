import assert from 'node:assert/strict';
import { eventually, headerOf, type PhoneClient } from '@sfs/testing';
import { dismiss, hire, register, rename, type Player } from '../cast.ts';
import { enrolYealink, eventsOf, forgetDevices, untilDevice, yealinkMac } from '../phones/desk-phones.ts';
import type { Step, Story } from '../story.ts';

interface Stage {
  player?: Player;
  phone?: PhoneClient;
}

const MAC = yealinkMac('1701');

export function aChangeReachesThePhone(): Story {
  const stage: Stage = {};
  return {
    name: 'A change reaches the phone',
    steps: [inStep(stage), unchanged(stage), renamed(stage), asksForIt()],
    async cleanUp(world) {
      stage.phone?.close();
      await forgetDevices(world, [MAC]);
      await dismiss(world, [stage.player]);
    },
  };
}

function inStep(stage: Stage): Step {
  return {
    says: 'a Yealink of 1875 is enrolled and its line is registered',
    async run(world) {
      await forgetDevices(world, [MAC]);
      stage.player = await hire(world, '1875', 'Story Nils');
      await register(stage.player.phone);
      stage.phone = await enrolYealink(world, MAC, '1875');
      assert.equal(stage.phone.account?.displayName, 'Story Nils');
      const { running } = await untilDevice(world, MAC, 'is in step', ({ state }) => state === 'in-step');
      return `runs revision ${running.revision}`;
    },
  };
}

function unchanged(stage: Stage): Step {
  return {
    says: 'it looks again and nothing has changed: 304, and the same bytes for who has none yet',
    async run() {
      const { phone } = castOf(stage);
      const before = phone.ownFile;
      const asked = await phone.check();
      assert.equal(asked.at(-1)?.status, 304, phone.asked.at(-1));
      assert.deepEqual(phone.ownFile, before);
      return phone.asked.at(-1);
    },
  };
}

function renamed(stage: Stage): Step {
  return {
    says: 'the user is renamed: a check-sync NOTIFY comes through Kamailio, the phone fetches with its credential and shows the new name',
    async run(world) {
      const { player, phone } = castOf(stage);
      const before = await untilDevice(world, MAC, 'is there', () => true);
      const began = performance.now();
      await rename(world, player, 'Story Nora');
      const notify = await player.phone.requests.next('a check-sync NOTIFY', 15_000, (request) => request.method === 'NOTIFY' && /^check-sync/i.test(headerOf(request, 'event') ?? ''));
      const told = performance.now() - began;
      assert.equal(headerOf(notify, 'event'), 'check-sync;reboot=false');
      const drift = await untilDevice(world, MAC, 'has a newer configuration', ({ declared }) => declared.revision === before.declared.revision + 1);
      assert.equal(drift.running.revision, before.running.revision);
      const asked = await phone.check();
      assert.ok(asked.at(-1)?.authorized && asked.at(-1)?.status === 200, phone.asked.at(-1));
      assert.equal(phone.account?.displayName, 'Story Nora');
      const after = await untilDevice(world, MAC, 'runs the new revision', ({ state, running }) => state === 'in-step' && running.revision === drift.declared.revision);
      return `told ${told.toFixed(0)} ms after the save; runs revision ${after.running.revision}`;
    },
  };
}

function asksForIt(): Step {
  return {
    says: 'the administrator asks it to look now: the answer of the phone is shown, and all of it is in the timeline',
    async run(world) {
      const { body } = await world.admin.post<{ status: number; meaning: string }>(`/devices/${MAC}/check-sync`);
      assert.equal(body.status, 200, body.meaning);
      const { notified } = await untilDevice(world, MAC, 'shows the NOTIFY', (device) => device.notified.status === 200);
      await eventually('the timeline has all of it', async () => {
        const kinds = (await eventsOf(world, MAC)).map(({ kind }) => kind);
        for (const wanted of ['notify', 'revision', 'request']) assert.ok(kinds.includes(wanted), `${wanted} is not among ${kinds.join(', ')}`);
        return true;
      });
      return `${notified.status}: ${body.meaning}`;
    },
  };
}

function castOf({ player, phone }: Stage): { player: Player; phone: PhoneClient } {
  assert.ok(player && phone, 'the user and the phone must be there');
  return { player, phone };
}
