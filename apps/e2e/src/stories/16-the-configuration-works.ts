import assert from 'node:assert/strict';
import { Baresip, eventually, headerOf, type PhoneClient } from '@sfs/testing';
import { findMissing, sentenceFor, testNeeds } from '../../../../tools/stack/prerequisites.ts';
import { dismiss, hire, register, type Player } from '../cast.ts';
import { enrolYealink, eventsOf, forgetDevices, yealinkMac } from '../phones/desk-phones.ts';
import type { Step, Story } from '../story.ts';

interface Stage {
  desk?: Player;
  other?: Player;
  phone?: PhoneClient;
  softphone?: Baresip;
}

const MAC = yealinkMac('1601');

export function theConfigurationWorks(): Story {
  const stage: Stage = {};
  return {
    name: 'The configuration works',
    steps: [fetched(stage), registers(stage), calls(stage), isCalled(stage)],
    async cleanUp(world) {
      await stage.softphone?.stop();
      stage.phone?.close();
      await forgetDevices(world, [MAC]);
      await dismiss(world, [stage.desk, stage.other]);
    },
  };
}

function fetched(stage: Stage): Step {
  return {
    says: 'a Yealink of 1873 fetches its configuration',
    async run(world) {
      const missing = await findMissing(testNeeds.filter(({ what }) => what === 'baresip'));
      if (missing.length > 0) throw new Error(sentenceFor(missing));
      await forgetDevices(world, [MAC]);
      stage.desk = await hire(world, '1873', 'Story Olaf');
      stage.other = await hire(world, '1874', 'Story Pia');
      await register(stage.other.phone);
      stage.phone = await enrolYealink(world, MAC, '1873');
      return `${stage.phone.ownFile?.length} bytes, ${stage.phone.settings.size} settings`;
    },
  };
}

function registers(stage: Stage): Step {
  return {
    says: 'baresip, told nothing but what stands in that file, registers at Kamailio',
    async run(world) {
      const { phone } = castOf(stage);
      const account = softphoneAccount(phone.settings);
      const softphone = await Baresip.start({ account: account.line });
      stage.softphone = softphone;
      await softphone.registered(20_000);
      await eventually('the timeline shows the registration', async () => (await eventsOf(world, MAC)).some(({ kind }) => kind === 'registered') || undefined);
      return account.shown;
    },
  };
}

function calls(stage: Stage): Step {
  return {
    says: 'it calls 1874, which rings and answers',
    async run() {
      const { other } = castOf(stage);
      const softphone = softphoneOf(stage);
      const dialled = softphone.dial('1874');
      const call = await other.phone.nextCall(10_000);
      await dialled;
      const from = headerOf(call.invite, 'from') ?? '';
      assert.match(from, /sip:1873@/);
      await softphone.hangUp();
      await call.hungUp.within();
      return `From: ${from.replace(/;tag=.*/, '')}`;
    },
  };
}

function isCalled(stage: Stage): Step {
  return {
    says: '1874 calls back: it rings and answers',
    async run() {
      const { other } = castOf(stage);
      const softphone = softphoneOf(stage);
      const call = other.phone.call('1873');
      await softphone.answer();
      await call.answered();
      await call.hangUp();
      await softphone.closed();
    },
  };
}

/** The file's words for line 1 in baresip's: Yealink's `account.1.*`. */
function softphoneAccount(settings: ReadonlyMap<string, string>): { line: string; shown: string } {
  const of = (name: string): string => settings.get(`account.1.${name}`) ?? '';
  const transport = of('sip_server.1.transport_type') === '1' ? 'tcp' : 'udp';
  const uri = `sip:${of('user_name')}@${of('sip_server.1.address')}`;
  const outbound = of('outbound_proxy_enable') === '1' ? `sip:${of('outbound_proxy.1.address')}:${of('outbound_proxy.1.port')};transport=${transport}` : '';
  const line = [
    `"${of('display_name')}" <${uri};transport=${transport}>`,
    `auth_user=${of('auth_name')}`,
    `auth_pass=${of('password')}`,
    `regint=${of('sip_server.1.expires')}`,
    ...(outbound === '' ? [] : [`outbound="${outbound}"`]),
  ].join(';');
  return { line, shown: `${uri} by ${outbound || 'its domain'}, every ${of('sip_server.1.expires')} s` };
}

function softphoneOf({ softphone }: Stage): Baresip {
  assert.ok(softphone, 'the softphone must run');
  return softphone;
}

function castOf({ desk, other, phone }: Stage): { desk: Player; other: Player; phone: PhoneClient } {
  assert.ok(desk && other && phone, 'the users and the phone must be there');
  return { desk, other, phone };
}
