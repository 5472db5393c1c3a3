import assert from 'node:assert/strict';
import { eventually, runSipp, type SippResult } from '@sfs/testing';
import { httpUrl } from '../../../../tools/stack/layout.ts';
import { dismiss, hire, type Player } from '../cast.ts';
import { inWords } from '../load.ts';
import { giveMailbox, messagesOf, takeMailbox, type Box } from '../mailboxes.ts';
import type { Step, Story } from '../story.ts';
import type { World } from '../world.ts';

interface Stage {
  owner?: Player;
  box?: Box;
  before?: Belongings;
}

/** What a process holds. */
interface Belongings {
  readonly sockets: number;
  readonly megabytes: number;
}

const PER_SECOND = 50;
/** the stack's RTP ports carry more; a machine that is slow makes the flood slower, not the calls fail */
const AT_ONCE = 60;
const CALLS = 2_000;
/** the heap breathes by this much between two collections */
const BREATH_MB = 96;

export function aFloodLeavesNothingBehind(): Story {
  const stage: Stage = {};
  return {
    name: 'A flood leaves nothing behind',
    steps: [warmUp(stage), flood(stage)],
    async cleanUp(world) {
      await takeMailbox(world, stage.box);
      await dismiss(world, [stage.owner]);
    },
  };
}

function warmUp(stage: Stage): Step {
  return {
    says: '1864 has a mailbox and no phone; after the first calls voicemail is looked at',
    async run(world) {
      stage.owner = await hire(world, '1864', 'Story Jana');
      stage.box = await giveMailbox(world, stage.owner);
      const first = await callsToVoicemail(world, 10 * PER_SECOND);
      assert.equal(first.failed, 0, first.errors);
      stage.before = await whenIdle(world);
      return heldInWords(stage.before);
    },
  };
}

function flood(stage: Stage): Step {
  return {
    says: `${CALLS} calls that hang up during the greeting: sockets and memory are back where they were, and no message is kept`,
    async run(world) {
      const { before, box } = stage;
      assert.ok(before && box, 'the mailbox must exist');
      const calls = await callsToVoicemail(world, CALLS);
      assert.equal(calls.failed, 0, calls.errors);
      const after = await whenIdle(world);
      assert.ok(after.sockets <= before.sockets + 2, `sockets: ${before.sockets} before, ${after.sockets} after`);
      assert.ok(after.megabytes <= before.megabytes + BREATH_MB, `memory: ${before.megabytes} MB before, ${after.megabytes} MB after`);
      assert.equal((await messagesOf(world, box)).length, 0);
      return `${inWords(calls)}; ${heldInWords(after)}`;
    },
  };
}

function callsToVoicemail({ layout }: World, calls: number): Promise<SippResult> {
  return runSipp({
    scenario: 'places-calls-and-hangs-up',
    local: { host: '127.0.0.1', port: layout.ports.trunk },
    proxy: { host: '127.0.0.1', port: layout.ports.sip },
    number: '1864',
    atOnce: AT_ONCE,
    callsPerSecond: PER_SECOND,
    calls,
    limitMs: (calls / PER_SECOND) * 1000 + 60_000,
  });
}

const heldInWords = ({ sockets, megabytes }: Belongings): string => `${sockets} descriptors, ${megabytes} MB`;

/** Once no call is open any more and what was opened for them is closed. */
async function whenIdle({ layout }: World): Promise<Belongings> {
  const read = async (): Promise<string> => (await fetch(`${httpUrl(layout.ports.voicemailManagement)}/metrics`)).text();
  return eventually('voicemail is idle', async () => {
    const text = await read();
    const value = (name: string): number => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
    const open = value('sfs_voicemail_calls') + value('sfs_voicemail_deposits_live') + value('sfs_voicemail_sip_open_transactions');
    if (open !== 0) throw new Error(`${open} calls, deposits and transactions are open`);
    return { sockets: value('process_open_fds'), megabytes: Math.round(value('process_resident_memory_bytes') / (1 << 20)) };
  }, 60_000);
}
