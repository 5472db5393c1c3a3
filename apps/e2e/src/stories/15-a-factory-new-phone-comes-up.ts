import assert from 'node:assert/strict';
import { eventually, type PhoneClient } from '@sfs/testing';
import type { Device } from '@sfs/rest-contract';
import { phoneFilesUrl, sipDomain } from '../../../../tools/stack/layout.ts';
import { assignWaitingPhone } from '../browser.ts';
import { dismiss, hire, type Player } from '../cast.ts';
import { audioCodesMac, enterDevice, eventsOf, forgetDevices, plugInAudioCodes, plugInYealink, untilDevice, yealinkMac } from '../phones/desk-phones.ts';
import { assertNoSecrets, secretsOf } from '../phones/no-secrets.ts';
import type { Step, Story } from '../story.ts';
import { gatewayUrl, type World } from '../world.ts';

/** A user and the phone on the desk. */
interface Desk {
  readonly mac: string;
  readonly player: Player;
  readonly phone: PhoneClient;
}

interface Stage {
  yealink?: Desk;
  audioCodes?: Desk;
  strangers: PhoneClient[];
}

const MACS = { yealink: yealinkMac('1501'), audioCodes: audioCodesMac('1502') };

export function aFactoryNewPhoneComesUp(): Story {
  const stage: Stage = { strangers: [] };
  return {
    name: 'A factory-new phone comes up',
    steps: [plugIn(stage), bothWait(stage), assigned(stage), elsewhere(stage), comeUp(stage), shutAgain(stage), readable(stage)],
    async cleanUp(world) {
      for (const phone of [stage.yealink?.phone, stage.audioCodes?.phone, ...stage.strangers]) phone?.close();
      await forgetDevices(world, Object.values(MACS));
      await dismiss(world, [stage.yealink?.player, stage.audioCodes?.player]);
    },
  };
}

function plugIn(stage: Stage): Step {
  return {
    says: 'a Yealink and an AudioCodes that nobody has entered are plugged in: each gets a bootstrap without secrets',
    async run(world) {
      await forgetDevices(world, Object.values(MACS));
      stage.yealink = { mac: MACS.yealink, player: await hire(world, '1871', 'Story Lars'), phone: plugInYealink(world, MACS.yealink) };
      stage.audioCodes = { mac: MACS.audioCodes, player: await hire(world, '1872', 'Story Mona'), phone: plugInAudioCodes(world, MACS.audioCodes) };
      for (const { phone, player } of desksOf(stage)) {
        await phone.boot();
        assert.ok(phone.ownFile, `no bootstrap: ${phone.asked.join(', ')}`);
        assertNoSecrets(phone, [player.password]);
      }
      return desksOf(stage).map(({ phone }) => fileNames(phone).join(' ')).join('; ');
    },
  };
}

const fileNames = (phone: PhoneClient): string[] => phone.asked.map((line) => line.replace(/^\w+ \S*\//, ''));

function bothWait(stage: Stage): Step {
  return {
    says: 'both wait to be assigned, with vendor, model, firmware and address',
    async run(world) {
      const [yealink, audioCodes] = desksOf(stage);
      const wanted = [
        { mac: yealink.mac, vendor: 'yealink', model: 'T46U', firmware: '108.86.0.90', lastAddress: '127.0.0.1' },
        { mac: audioCodes.mac, vendor: 'audiocodes', model: '440HD', firmware: '2.2.16.142', lastAddress: '127.0.0.1' },
      ];
      for (const { mac, ...named } of wanted) {
        const waiting = await untilDevice(world, mac, 'waits', ({ state }) => state === 'waiting');
        const { vendor, model, firmware, lastAddress } = waiting;
        assert.deepEqual({ vendor, model, firmware, lastAddress }, named);
      }
      const { body } = await world.admin.get<{ items: Device[] }>('/devices?state=waiting&pageSize=200');
      for (const { mac } of wanted) assert.ok(body.items.some((device) => device.mac === mac), `${mac} is not in the list`);
      return wanted.map(({ vendor, model, firmware }) => `${vendor} ${model} ${firmware}`).join(', ');
    },
  };
}

function assigned(stage: Stage): Step {
  return {
    says: 'the administrator sees them on the page Devices and assigns the one to 1871 there, the other by REST: a window opens for each, for its address',
    async run(world) {
      const [yealink, audioCodes] = desksOf(stage);
      const account = { url: gatewayUrl(world.layout), login: 'admin', password: world.layout.secrets.adminPassword };
      const row = await assignWaitingPhone(account, yealink.mac, yealink.player.number);
      await enterDevice(world, audioCodes.mac, audioCodes.player.number);
      for (const { mac, player } of [yealink, audioCodes]) {
        const { number, window } = await untilDevice(world, mac, 'is assigned', ({ state }) => state === 'assigned');
        assert.deepEqual({ number, address: window?.address }, { number: player.number, address: '127.0.0.1' });
      }
      return `the page said: ${row}`;
    },
  };
}

function elsewhere(stage: Stage): Step {
  return {
    says: 'a phone with the same MAC at another address does not get through the window',
    async run(world) {
      const [{ mac, player }] = desksOf(stage);
      const twin = plugInYealink(world, mac, { localAddress: '127.0.0.77' });
      stage.strangers.push(twin);
      await twin.boot();
      assertNoSecrets(twin, [player.password]);
      await untilDevice(world, mac, 'has its window still', ({ window }) => window !== null);
      return twin.asked.at(-1);
    },
  };
}

function comeUp(stage: Stage): Step {
  return {
    says: 'they fetch again: SIP account and a credential of their own, with which they fetch from now on; the window is closed',
    async run(world) {
      for (const { mac, player, phone } of desksOf(stage)) {
        const asked = await phone.boot();
        assert.ok(phone.account && phone.credential, `no account: ${phone.asked.join(', ')}`);
        const { userName, password, domain } = phone.account;
        assert.deepEqual({ userName, password, domain }, { userName: player.number, password: player.password, domain: sipDomain });
        assert.equal(phone.credential.userName, mac);
        const last = asked.at(-1);
        assert.ok(last?.authorized && (last.status === 200 || last.status === 304), `the last request was ${phone.asked.at(-1)}`);
        const { running, declared } = await untilDevice(world, mac, 'is in step', ({ state, window }) => state === 'in-step' && window === null);
        assert.deepEqual({ runs: running.revision, one: declared.revision >= 1 }, { runs: declared.revision, one: true });
      }
      return desksOf(stage).map(({ phone }) => phone.asked.at(-1)).join('; ');
    },
  };
}

function shutAgain(stage: Stage): Step {
  return {
    says: 'afterwards nobody gets a secret: no credential, a wrong one, a phone with the same MAC; known and unknown MACs get the same answers',
    async run(world) {
      const [yealink, audioCodes] = desksOf(stage);
      for (const { mac, phone, player } of [yealink, audioCodes]) {
        const secrets = [...secretsOf(phone), player.password];
        const twin = mac === yealink.mac ? plugInYealink(world, mac) : plugInAudioCodes(world, mac);
        stage.strangers.push(twin);
        await twin.boot();
        assertNoSecrets(twin, secrets);
        for (const credential of ['', `${mac}:wrong`, `${mac}:${phone.credential?.password.toLowerCase()}`]) {
          const known = await fetchEnrolled(world, mac, credential);
          const unknown = await fetchEnrolled(world, `${mac.slice(0, 9)}fff`, credential);
          assert.equal(known.status, 401);
          assert.deepEqual(known, unknown);
        }
      }
      return '401 on /enrolled/, a bootstrap without secrets elsewhere';
    },
  };
}

/** The answer without what differs between any two answers. */
async function fetchEnrolled({ layout }: World, mac: string, credential: string): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  const headers: Record<string, string> = credential === '' ? {} : { authorization: `Basic ${Buffer.from(credential).toString('base64')}` };
  const response = await fetch(`${phoneFilesUrl(layout)}/enrolled/${mac}.cfg`, { headers });
  const shown = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
  return { status: response.status, headers: shown, text: await response.text() };
}

function readable(stage: Stage): Step {
  return {
    says: 'the timeline says what came of each request',
    async run(world) {
      const [{ mac }] = desksOf(stage);
      const hint = await eventually('the timeline is complete', async () => {
        const events = await eventsOf(world, mac);
        const outcomes = new Set(events.map(({ kind, outcome }) => (kind === 'request' ? outcome : kind)));
        for (const wanted of ['window-opened', 'window', 'window-used', 'wrong-credential', 'bootstrap']) assert.ok(outcomes.has(wanted), `${wanted} is not among ${[...outcomes].join(', ')}`);
        return events.find((event) => event.outcome === 'bootstrap' && event.hint !== '')?.hint;
      });
      return `a phone that asks without its credential: ${hint}`;
    },
  };
}

function desksOf({ yealink, audioCodes }: Stage): [Desk, Desk] {
  assert.ok(yealink && audioCodes, 'the phones must have been plugged in');
  return [yealink, audioCodes];
}
