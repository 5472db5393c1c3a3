import { pino } from 'pino';
import { Registry } from 'prom-client';
import { FakeDirectory, FakeKnownDevices, aDevice, aLine, thePack } from '../../apps/device-management/src/check-sync/fake-parts.ts';
import { fields } from '../../apps/device-management/src/config.ts';
import { FakeRevisions, FakeSipPasswords } from '../../apps/device-management/src/configurations/fake-sources.ts';
import { runConfigurations } from '../../apps/device-management/src/configurations/start-configurations.ts';
import { credentialOf } from '../../apps/device-management/src/credentials/credentials.ts';
import type { Facts } from '../../apps/device-management/src/facts/facts.port.ts';
import { startPhoneDoor } from '../../apps/device-management/src/phone-files/phone-door.ts';
import { cpuUsed, serveBench } from './bench-process.ts';

// The door and the rendered files as the service builds them, metrics on; stores, neighbours and facts are in memory.
const DEVICES = 1_000;
const config = { ...fields.parse({ SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32, 1).toString('base64'), SFS_DEVICES_MAX_REQUESTS: '10000' }), SFS_DEVICES_HTTP_PORT: 0 };
const host = { log: pino({ level: 'silent' }), metrics: new Registry(), onFatal: (error: unknown) => console.error(error) };
const facts: Facts = { note: () => undefined, fetched: () => undefined, declared: () => undefined, usedGeneration: () => 0, waits: () => undefined, swept: () => undefined };
const [known, directory, passwords] = [new FakeKnownDevices(), new FakeDirectory(), new FakeSipPasswords()];
const packs = [thePack('audiocodes'), thePack('yealink')];
const macs = Array.from({ length: DEVICES }, (_, i) => `805ec0${(0x100000 + i).toString(16)}`);
macs.forEach((mac, i) => {
  const number = String(2000 + i);
  passwords.passwords.set(number, `password of ${number}`);
  directory.put(aLine({ number, displayName: `User ${number}` }));
  known.put(aDevice({ mac, number }));
});
const configurations = runConfigurations({ config, host, packs, known, directory, facts, checkSync: { send: () => Promise.resolve({ status: 200, meaning: '' }) } }, { passwords, revisions: new FakeRevisions() });
const phones = [];
for (const mac of macs) {
  const { userName, password } = credentialOf(config.SFS_DEVICES_CREDENTIAL_KEY, { tenant: 'default', mac, generation: 1 });
  const { etag, body } = await configurations.ownFile(mac);
  phones.push({ mac, etag, bytes: body.byteLength, authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}` });
}
const enrolment = { isOpen: () => false, take: () => Promise.resolve(false), used: () => Promise.resolve(), giveBack: () => Promise.resolve() };
const door = await startPhoneDoor({ config, host, packs, known, enrolment, facts, configurations });
serveBench({ port: door.address.port, phones }, cpuUsed);
