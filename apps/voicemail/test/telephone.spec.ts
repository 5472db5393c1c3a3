import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CreateMailboxRequest, type Message, ReadAudioRequest } from '@sfs/contracts';
import { call, streamOf } from '@sfs/grpc';
import { Baresip, RtpPeer, SipPhone, codeWords, eventually, freePorts, readCodeWords, type OutgoingCall } from '@sfs/testing';
import { startCalls } from '../src/calls/start-calls.ts';
import type { RunningCalls } from '../src/start-calls.port.ts';
import { context, openPlace, rules, startApp, type Place, type Running } from './voicemail-under-test.ts';

const HOST = '127.0.0.1';
const FRAMES = 100;
/** 8 s */
const WORDS = 400;
const NEW_PIN = '859274';

let place: Place;
let app: Running;
let calls: RunningCalls;
let phone: SipPhone;
let sipPort: number;
const peers: RtpPeer[] = [];

beforeAll(async () => {
  const [sip = 0, rtp = 0, proxy = 0] = await freePorts(3);
  sipPort = sip;
  const from = Math.min(rtp, 65_000);
  place = await openPlace();
  app = await startApp(place, {
    SFS_VOICEMAIL_SIP_PORT: String(sip),
    SFS_VOICEMAIL_SIP_TRUSTED: HOST,
    SFS_VOICEMAIL_SIP_PROXY: `${HOST}:${proxy}`,
    SFS_VOICEMAIL_RTP_PORTS: `${from}-${from + 100}`,
  });
  calls = await startCalls(app.parts);
  phone = await SipPhone.open({ user: '1001', domain: 'site-a.example', proxy: { host: HOST, port: sip } });
});
afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.close();
});
afterAll(async () => {
  await phone.close();
  await calls.drain();
  await calls.stop();
  await app.end();
  await place.close();
});

async function dial(target: string): Promise<{ call: OutgoingCall; audio: RtpPeer }> {
  const audio = await RtpPeer.open();
  peers.push(audio);
  const placed = phone.call(`sip:${target}`, { audio });
  await placed.answered();
  return { call: placed, audio };
}

/** Listens to the beginning of a prompt, as it is committed. */
async function hears(audio: RtpPeer, prompt: string): Promise<void> {
  const opening = (await readFile(`apps/voicemail/prompts/en/${prompt}.ulaw`)).subarray(0, 640);
  await eventually(`the prompt ${prompt}`, () => (Buffer.from(audio.heard()).includes(opening) ? true : undefined), 15_000);
}

async function listed(mailbox: string): Promise<readonly Message[]> {
  return (await call(app.messages, 'listMessages', { mailbox, folder: '', pageSize: 0, pageToken: '' }, context, rules)).messages;
}

async function recording(mailbox: string, id: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const { audio } of streamOf(app.messages, 'readAudio', ReadAudioRequest.create({ mailbox, id, listener: 'owner' }), context, rules)) pieces.push(audio);
  return Buffer.concat(pieces);
}

describe('by telephone, on a real Cassandra', () => {
  it('a message is left, and its owner changes the first PIN, hears it and deletes it', async () => {
    const { oneTimePin } = await call(app.mailboxes, 'createMailbox', CreateMailboxRequest.create({ number: '1002' }), context, rules);
    const caller = await dial(`deposit@${HOST}:${sipPort};sfs-tenant=default;sfs-mailbox=1002;sfs-reason=no-answer`);
    await hears(caller.audio, 'mailbox-of');
    await caller.audio.dial('1');
    await hears(caller.audio, 'tone');
    await caller.audio.send(Array.from({ length: 50 }, () => undefined)); // what is said into the tone is not recorded
    await caller.audio.send(codeWords(FRAMES));
    await caller.call.hangUp();
    const [message] = await eventually('the message', async () => ((await listed('1002')).length > 0 ? await listed('1002') : undefined), 10_000);
    expect(message).toMatchObject({ fromNumber: '1001', state: 'new', codec: 'pcmu', packetsLost: 0, truncated: false });
    const left = await recording('1002', message?.id ?? '');
    expect(readCodeWords(left).numbers).toEqual(Array.from({ length: FRAMES }, (_, at) => at));

    const owner = await dial(`access@${HOST}:${sipPort};sfs-tenant=default;sfs-mailbox=1002`);
    await owner.audio.dial(`${oneTimePin}#`);
    await hears(owner.audio, 'must-change-pin');
    await owner.audio.dial(`${NEW_PIN}#${NEW_PIN}#`);
    await hears(owner.audio, 'offer-name');
    await owner.audio.dial('2');
    await hears(owner.audio, 'offer-greeting');
    await owner.audio.dial('2');
    await hears(owner.audio, 'main-menu');
    await owner.audio.dial('1');
    await eventually('the message', () => (Buffer.from(owner.audio.heard()).includes(left.subarray(0, 8000)) ? true : undefined), 20_000);
    await owner.audio.dial('7');
    await hears(owner.audio, 'message-deleted');
    await owner.call.hangUp();
    expect(await listed('1002')).toEqual([]);
    expect(await app.parts.pins.check({ tenant: 'default', mailbox: '1002', pin: NEW_PIN, origin: 'a test' })).toBe('right');
    await eventually('an empty desk', () => (calls.health()[0]?.detail === '0 calls, 0 with audio' ? true : undefined));
  }, 120_000);

  it.each(['udp', 'tcp'] as const)('baresip leaves a message over %s and hangs up when all is said', async (transport) => {
    const number = transport === 'udp' ? '1003' : '1004';
    await call(app.mailboxes, 'createMailbox', CreateMailboxRequest.create({ number }), context, rules);
    const baresip = await Baresip.start({ account: `<sip:1001@site-a.example;transport=${transport}>;regint=0`, says: Buffer.concat(codeWords(WORDS)) });
    try {
      await baresip.dial(`sip:deposit@${HOST}:${sipPort};transport=${transport};sfs-tenant=default;sfs-mailbox=${number};sfs-reason=busy`);
      await baresip.press('1');
      await baresip.closed(30_000);
      expect(baresip.heard(await readFile('apps/voicemail/prompts/en/tone.ulaw'))).toBe(true);
    } finally {
      await baresip.stop();
    }
    const [message] = await eventually('the message', async () => ((await listed(number)).length > 0 ? await listed(number) : undefined), 10_000);
    expect(message).toMatchObject({ fromNumber: '1001', codec: 'pcmu', packetsLost: 0, truncated: false });
    const { numbers } = readCodeWords(await recording(number, message?.id ?? ''));
    const first = numbers[0] ?? WORDS;
    expect(first).toBeLessThan(WORDS / 2);
    // the last packet may still be in its hand when it hangs up
    expect(numbers.slice(0, WORDS - 2 - first)).toEqual(Array.from({ length: WORDS - 2 - first }, (_, at) => first + at));
  }, 60_000);

  it('a caller is told that there is no such mailbox, and is hung up', async () => {
    const caller = await dial(`deposit@${HOST}:${sipPort};sfs-tenant=default;sfs-mailbox=4711;sfs-reason=busy`);
    await hears(caller.audio, 'no-mailbox');
    await caller.call.hungUp.within(15_000);
  }, 40_000);
});
