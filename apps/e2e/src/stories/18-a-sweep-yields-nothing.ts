import assert from 'node:assert/strict';
import { eventually, percentile, type PhoneClient } from '@sfs/testing';
import type { Device, Sweep as SweepReport } from '@sfs/rest-contract';
import { address as host, phoneFilesPath } from '../../../../tools/stack/layout.ts';
import { dismiss, hire, type Player } from '../cast.ts';
import { enrolYealink, forgetDevices, plugInYealink, untilDevice, yealinkMac } from '../phones/desk-phones.ts';
import { secretsOf } from '../phones/no-secrets.ts';
import { Answers, freshAddresses, randomMacs, sequentialMacs, sweepFrom, userAgentOf, type Sweep } from '../phones/sweep.ts';
import { Wire, type WireAnswer } from '../phones/wire.ts';
import type { Step, Story } from '../story.ts';
import type { World } from '../world.ts';

interface Stage {
  player?: Player;
  phone?: PhoneClient;
  newcomer?: PhoneClient;
  secrets: readonly string[];
  /** the one that sweeps in order */
  readonly greedy: string;
  readonly patient: readonly string[];
  readonly asked: Set<string>;
}

const MAC = yealinkMac('1801');
const NEWCOMER = '001565f01802';
const IN_ORDER = 40_000;
/** Each stays below the limit of one address (300 in 10 minutes). */
const EACH = 250;
const PATIENT = 240;

export function aSweepYieldsNothing(): Story {
  const [greedy = '', ...patient] = freshAddresses(PATIENT + 1);
  const stage: Stage = { secrets: [], greedy, patient, asked: new Set() };
  return {
    name: 'A sweep yields nothing',
    steps: [enrolled(stage), inOrder(stage), atRandom(stage), sameTime(stage), reported(stage), honestOnes(stage)],
    async cleanUp(world) {
      stage.phone?.close();
      stage.newcomer?.close();
      await forgetDevices(world, [MAC, NEWCOMER]);
      await dismissSwept(world, stage.asked);
      await dismiss(world, [stage.player]);
    },
  };
}

function enrolled(stage: Stage): Step {
  return {
    says: 'one phone, of 1877, is enrolled: somewhere among the MACs to come',
    async run(world) {
      await forgetDevices(world, [MAC, NEWCOMER]);
      stage.player = await hire(world, '1877', 'Story Quentin');
      stage.phone = await enrolYealink(world, MAC, '1877');
      stage.secrets = [...secretsOf(stage.phone), stage.player.password];
    },
  };
}

function inOrder(stage: Stage): Step {
  return {
    says: `${IN_ORDER} MACs in order from one address: a bootstrap until its limit, then 429, and never a secret`,
    async run({ layout }) {
      const answers = new Answers();
      const macs = sequentialMacs('805ec0f0', IN_ORDER);
      const began = performance.now();
      await sweepFrom(stage.greedy, macs, plainFiles(layout.ports.phoneFiles), watch(stage, answers), 8);
      const asked = IN_ORDER / ((performance.now() - began) / 1000);
      assert.deepEqual(statusesOf(answers), [200, 429]);
      assert.ok(answers.ofStatus(200) <= 300, `${answers.ofStatus(200)} bootstraps to one address`);
      return `${answers.ofStatus(200)} bootstraps, ${answers.ofStatus(429)} refusals, each alike to the byte; ${asked.toFixed(0)} a second`;
    },
  };
}

function atRandom(stage: Stage): Step {
  return {
    says: `${PATIENT * EACH} at random from ${PATIENT} addresses, none over its limit, the enrolled one among them each time: the same answers, no secret`,
    async run({ layout }) {
      const [known, others] = [new Answers(), new Answers()];
      const one = watch(stage, others);
      const seen = (mac: string, answer: WireAnswer): void => (mac === MAC ? known.add(like(mac, answer)) : one(mac, answer));
      const began = performance.now();
      const waiting = [...stage.patient];
      const attacker = async (): Promise<void> => {
        for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
          const macs = randomMacs('001565', EACH - 1);
          macs.splice(Math.floor(macs.length / 2), 0, MAC);
          // every other one goes where the enrolled ask
          await sweepFrom(from, macs, waiting.length % 2 === 0 ? plainFiles(layout.ports.phoneFiles) : enrolledFiles(layout.ports.phoneFiles), seen);
        }
      };
      await Promise.all(Array.from({ length: 16 }, attacker));
      const asked = (PATIENT * EACH) / ((performance.now() - began) / 1000);
      assert.deepEqual(statusesOf(others), [200, 401]);
      assert.deepEqual(kindsOf(known), kindsOf(others), 'the enrolled phone is answered otherwise');
      return `${others.ofStatus(200)} bootstraps, ${others.ofStatus(401)} times 401, two kinds of answer for all of them; ${asked.toFixed(0)} a second`;
    },
  };
}

function sameTime(stage: Stage): Step {
  return {
    says: 'known or unknown takes the same time, with and without a wrong credential',
    async run({ layout }) {
      const wire = await Wire.open({ host, port: layout.ports.phoneFiles, localAddress: stage.patient[0] ?? host });
      const unknown = [...stage.asked].slice(-1)[0] ?? '';
      const lines: string[] = [];
      for (const { path, credential } of [
        { path: plainFiles(0).pathOf, credential: '' },
        { path: enrolledFiles(0).pathOf, credential: 'wrong' },
      ]) {
        const times = new Map<string, number[]>([
          [MAC, []],
          [unknown, []],
        ]);
        for (let turn = 0; turn < 1000; turn += 1) {
          for (const [mac, took] of times) {
            const headers = { ...userAgentOf(mac), ...(credential === '' ? {} : { Authorization: `Basic ${btoa(`${mac}:${credential}`)}` }) };
            const began = performance.now();
            await wire.ask(path(mac), headers);
            took.push(performance.now() - began);
          }
        }
        const [known = 0, other = 0] = [...times.values()].map((took) => percentile(took.slice(200), 50));
        assert.ok(Math.abs(known - other) < 0.02 + 0.15 * Math.min(known, other), `the middle answer takes ${known} ms for a known, ${other} ms for an unknown MAC`);
        lines.push(`${known.toFixed(3)} and ${other.toFixed(3)} ms`);
      }
      wire.close();
      return `known and unknown: ${lines.join('; with a wrong credential ')}`;
    },
  };
}

function reported(stage: Stage): Step {
  return {
    says: 'the sweep is reported: from where, how many, how many refused',
    run: ({ admin }) =>
      eventually('the sweep is reported', async () => {
        const { items } = (await admin.get<{ items: SweepReport[] }>('/device-sweeps')).body;
        const sweep = items.find(({ address }) => address === stage.greedy);
        if (!sweep || sweep.refused < IN_ORDER - 1000) throw new Error(`reported is ${JSON.stringify(sweep)}`);
        const patient = items.filter(({ address }) => stage.patient.includes(address));
        assert.equal(patient.length, 0, 'who stays below the limit is no sweep');
        return `${sweep.address}: at least ${sweep.macs} MACs, ${sweep.refused} requests refused`;
      }, 15_000),
  };
}

function honestOnes(stage: Stage): Step {
  return {
    says: 'honest phones are served all the same: the enrolled one its file, even from the address of the sweep, and a new one its bootstrap',
    async run(world) {
      const { player, phone } = stage;
      assert.ok(player && phone?.credential);
      assert.equal((await phone.check()).at(-1)?.status, 304, phone.asked.at(-1));
      const { userName, password } = phone.credential;
      const wire = await Wire.open({ host, port: world.layout.ports.phoneFiles, localAddress: stage.greedy });
      const own = await wire.ask(enrolledFiles(0).pathOf(MAC), { Authorization: `Basic ${btoa(`${userName}:${password}`)}` });
      wire.close();
      assert.equal(own.status, 200);
      assert.ok(own.body.includes(player.password));
      stage.newcomer = plugInYealink(world, NEWCOMER);
      await stage.newcomer.boot();
      await untilDevice(world, NEWCOMER, 'waits', ({ state }) => state === 'waiting');
      return '304, 200, and the new one waits to be assigned';
    },
  };
}

const plainFiles = (port: number): Sweep => ({ host, port, pathOf: (mac) => `${phoneFilesPath}/${mac}.cfg` });
const enrolledFiles = (port: number): Sweep => ({ host, port, pathOf: (mac) => `${phoneFilesPath}/enrolled/${mac}.cfg` });

/** Looks for secrets in every answer and sorts it by what it says. */
function watch({ asked, secrets }: Stage, answers: Answers): (mac: string, answer: WireAnswer) => void {
  return (mac, answer) => {
    asked.add(mac);
    const leak = secrets.find((secret) => answer.body.includes(secret));
    assert.equal(leak, undefined, `a secret is in the answer ${answer.status} about ${mac}`);
    answers.add(like(mac, answer));
  };
}

/** Without the asker's own MAC and the spread of Retry-After. */
function like(mac: string, { status, head, body }: WireAnswer): WireAnswer {
  return { status, head: head.replace(/^(retry-after:) *\d+/im, '$1 N'), body: body.replaceAll(mac, 'MAC') };
}

const statusesOf = (answers: Answers): number[] => answers.kinds.map(({ answer }) => answer.status).sort((a, b) => a - b);
const kindsOf = (answers: Answers): string[] => answers.kinds.map(({ answer }) => `${answer.status} ${answer.head} ${answer.body}`).sort();

/** A sweep leaves waiting phones behind that do not exist. */
async function dismissSwept({ admin }: World, asked: ReadonlySet<string>): Promise<void> {
  for (;;) {
    const { items } = (await admin.get<{ items: Device[] }>('/devices?state=waiting&pageSize=200')).body;
    const swept = items.filter(({ mac }) => asked.has(mac));
    if (swept.length === 0) return;
    await Promise.all(swept.map(({ mac }) => admin.attempt('DELETE', `/waiting-devices/${mac}`, undefined)));
  }
}
