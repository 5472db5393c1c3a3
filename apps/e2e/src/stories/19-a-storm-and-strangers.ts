import assert from 'node:assert/strict';
import { percentile, type PhoneClient } from '@sfs/testing';
import { address as host, phoneFilesPath, switchName } from '../../../../tools/stack/layout.ts';
import { dismiss, hire, register, rename, type Player } from '../cast.ts';
import { audioCodesMac, enrolYealink, enterDevice, forgetDevices, plugInAudioCodes, plugInYealink, untilDevice, yealinkMac } from '../phones/desk-phones.ts';
import { inTurns } from '../phones/in-turns.ts';
import { assertNoSecrets, secretsOf } from '../phones/no-secrets.ts';
import { bootAll, type Booting } from '../phones/storm.ts';
import { Wire } from '../phones/wire.ts';
import type { Step, Story } from '../story.ts';
import { startStores, stopStores, type World } from '../world.ts';

interface Stage {
  ed?: Player;
  yealink?: PhoneClient;
  audioCodes?: PhoneClient;
  stranger?: PhoneClient;
  fleet: PhoneClient[];
}

const MACS = { yealink: yealinkMac('1901'), audioCodes: audioCodesMac('1902'), stranger: yealinkMac('1903') };
const FLEET = Array.from({ length: 100 }, (_, index) => `805ec0f2${index.toString(16).padStart(4, '0')}`);
const REBOOTS = 5_000;
/** Everything that ini files, XML, shells and templates could trip over. */
const NASTY = 'Ed "><script>&amp; \\ \' ; # = ${MAC} {line.password} <!-- %n `id`';
const NASTY_LINES = 'Ed\naccount.1.password = pwned\r\nvoip/line/0/auth_password=pwned\n#';

export function aStormAndStrangers(): Story {
  const stage: Stage = { fleet: [] };
  return {
    name: 'A storm and strangers',
    steps: [enrolled(stage), names(stage), missing(), fleetComesUp(stage), storm(stage), storesGone(stage), { says: 'the stores return', run: startStores }],
    async cleanUp(world) {
      await startStores(world);
      for (const phone of [stage.yealink, stage.audioCodes, stage.stranger, ...stage.fleet]) phone?.close();
      await inTurns([...Object.values(MACS), ...FLEET], 16, (mac) => forgetDevices(world, [mac]));
      await dismiss(world, [stage.ed]);
    },
  };
}

function enrolled(stage: Stage): Step {
  return {
    says: 'a Yealink and an AudioCodes of 1878 are enrolled',
    async run(world) {
      await forgetDevices(world, Object.values(MACS));
      stage.ed = await hire(world, '1878', 'Ed');
      stage.yealink = await enrolYealink(world, MACS.yealink, '1878');
      await enterDevice(world, MACS.audioCodes, '1878', { vendor: 'audiocodes', model: '440HD' });
      stage.audioCodes = plugInAudioCodes(world, MACS.audioCodes);
      await stage.audioCodes.boot();
      assert.ok(stage.audioCodes.account, stage.audioCodes.asked.join(', '));
    },
  };
}

function names(stage: Stage): Step {
  return {
    says: 'a user whose name is markup, template and configuration at once: both phones read it as a name, and nothing else changes; line breaks are refused',
    async run(world) {
      const { ed, yealink, audioCodes } = castOf(stage);
      const before = [yealink, audioCodes].map((phone) => new Map(phone.settings));
      const declared: number[] = [];
      for (const mac of [MACS.yealink, MACS.audioCodes]) declared.push((await untilDevice(world, mac, 'is there', () => true)).declared.revision);
      await rename(world, ed, NASTY);
      const shown: string[] = [];
      for (const [index, phone] of [yealink, audioCodes].entries()) {
        await untilDevice(world, index === 0 ? MACS.yealink : MACS.audioCodes, 'has a newer configuration', (device) => device.declared.revision > (declared[index] ?? 0));
        await phone.check();
        assertOnlyTheName(before[index] ?? new Map(), phone, ed.password);
        shown.push(phone.account?.displayName ?? '');
      }
      await assert.rejects(rename(world, ed, NASTY_LINES), /: 422 /);
      return shown.join('   ');
    },
  };
}

function assertOnlyTheName(before: ReadonlyMap<string, string>, { settings, account }: PhoneClient, password: string): void {
  assert.deepEqual([...settings.keys()].sort(), [...before.keys()].sort(), 'the file has other settings than before');
  const changed = [...settings].filter(([key, value]) => before.get(key) !== value).map(([key]) => key);
  assert.ok(changed.length > 0 && changed.every((key) => /display_name|label|description/i.test(key)), `changed: ${changed.join(', ')}`);
  assert.equal(account?.password, password);
}

function missing(): Step {
  const files = [`${MACS.yealink}-contact.xml`, 'T46U-108.86.0.100.rom', '440HD.img', 'nothing.cfg', `enrolled/${MACS.yealink}-local.cfg`, '%2e%2e/%2e%2e/secrets.json', '..%5c..%5csecrets.json', '%2fetc%2fpasswd'];
  return {
    says: 'files that are not there, and ways out of the folder, are answered at once',
    async run({ layout }) {
      const wire = await Wire.open({ host, port: layout.ports.phoneFiles });
      const took: number[] = [];
      for (let turn = 0; turn < 100; turn += 1) {
        for (const file of files) {
          const began = performance.now();
          const { status } = await wire.ask(`${phoneFilesPath}/${file}`);
          took.push(performance.now() - began);
          assert.ok(status === 404 || (file.includes('%') && status === 400), `${file} is answered ${status}`);
        }
      }
      wire.close();
      assert.ok(percentile(took, 99) < 50, `p99 is ${percentile(took, 99)} ms`);
      return `${took.length} requests: p50 ${percentile(took, 50).toFixed(2)}, p99 ${percentile(took, 99).toFixed(2)} ms`;
    },
  };
}

function fleetComesUp(stage: Stage): Step {
  return {
    says: `${FLEET.length} phones are entered and come up`,
    async run(world) {
      const began = performance.now();
      await inTurns(FLEET, 16, (mac) => forgetDevices(world, [mac]));
      await inTurns(FLEET, 16, (mac) => world.admin.post('/devices', { mac, vendor: 'yealink', model: 'T46U', switchId: switchName, number: '1878' }));
      const entered = performance.now();
      stage.fleet = await inTurns(FLEET, 16, async (mac) => {
        const phone = plugInYealink(world, mac);
        await phone.boot();
        assert.ok(phone.credential, phone.asked.join(', '));
        return phone;
      });
      return `entered in ${((entered - began) / 1000).toFixed(1)} s, up in ${((performance.now() - entered) / 1000).toFixed(1)} s`;
    },
  };
}

function storm(stage: Stage): Step {
  return {
    says: `${REBOOTS} reboots at once, each phone ${REBOOTS / FLEET.length} times: each gets its own file, later if it must, and nobody another's`,
    async run({ layout }) {
      const phones = Array.from({ length: REBOOTS }, (_, index): Booting => {
        const { credential } = stage.fleet[index % FLEET.length] as PhoneClient;
        assert.ok(credential);
        const { userName: mac, password } = credential;
        return { mac, authorization: `Basic ${btoa(`${mac}:${password}`)}`, path: `${phoneFilesPath}/enrolled/${mac}.cfg`, secret: password };
      });
      const { statuses, wrong, served } = await bootAll(phones, { host, port: layout.ports.phoneFiles, limitMs: 60_000 });
      assert.deepEqual(wrong, [], 'somebody got what is not theirs');
      assert.equal(served.length, REBOOTS, `only ${served.length} have their file; ${inWords(statuses)}`);
      assert.deepEqual([...statuses.keys()].filter((status) => ![0, 200, 304, 503].includes(status)), []);
      return `${inWords(statuses)}; half had it after ${seconds(percentile(served, 50))}, all after ${seconds(Math.max(...served))}`;
    },
  };
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const inWords = (statuses: ReadonlyMap<number, number>): string => [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} times ${status === 0 ? 'a broken connection' : status}`).join(', ');

function storesGone(stage: Stage): Step {
  return {
    says: 'Cassandra and Kafka are stopped: phones fetch what they have a credential for, and register; strangers get a bootstrap, and never a wrong file',
    async run(world) {
      const { ed, yealink } = castOf(stage);
      await yealink.check();
      const secrets = [...secretsOf(yealink), ed.password];
      await stopStores(world);
      assert.equal((await yealink.check()).at(-1)?.status, 304, yealink.asked.at(-1));
      await afresh(world, yealink);
      await register(ed.phone);
      stage.stranger = plugInYealink(world, MACS.stranger);
      await stage.stranger.boot();
      assertNoSecrets(stage.stranger, secrets);
      assert.ok(stage.stranger.ownFile, stage.stranger.asked.join(', '));
      return '304, 200 for one that has nothing yet, 1878 registers, a stranger gets a bootstrap';
    },
  };
}

/** A phone that has lost its files, but not its credential. */
async function afresh({ layout }: World, { credential }: PhoneClient): Promise<void> {
  assert.ok(credential);
  const { userName, password } = credential;
  const wire = await Wire.open({ host, port: layout.ports.phoneFiles });
  const { status, body } = await wire.ask(`${phoneFilesPath}/enrolled/${userName}.cfg`, { Authorization: `Basic ${btoa(`${userName}:${password}`)}` });
  wire.close();
  assert.equal(status, 200);
  assert.ok(body.includes(password));
}

function castOf({ ed, yealink, audioCodes }: Stage): { ed: Player; yealink: PhoneClient; audioCodes: PhoneClient } {
  assert.ok(ed && yealink && audioCodes, 'the user and the phones must be there');
  return { ed, yealink, audioCodes };
}
