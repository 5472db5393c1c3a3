import assert from 'node:assert/strict';
import { SipPhone, eventually } from '@sfs/testing';
import type { ExplainedDecision } from '@sfs/rest-contract';
import { dismiss, hire, openTrunk, register, type Player } from '../cast.ts';
import { SipServerClient, question, rung } from '../decisions.ts';
import type { Step, Story } from '../story.ts';
import { doorsOf, sipServerOf } from '../world.ts';

interface Stage {
  ann?: Player;
  bob?: Player;
  cid?: Player;
  callId?: string;
  refusedCallIds?: readonly string[];
}

export function aCallIsDecided(): Story {
  const stage: Stage = {};
  return {
    name: 'A call is decided',
    steps: [administratorCreates(stage), phonesRegister(stage), strangersAreStopped(stage), callRings(stage), traceIsFound(stage), trunkCalls(stage), genesysAsks()],
    cleanUp: (world) => dismiss(world, [stage.ann, stage.bob, stage.cid]),
  };
}

function administratorCreates(stage: Stage): Step {
  return {
    says: 'an administrator creates three users with numbers through REST',
    async run(world) {
      stage.ann = await hire(world, '1801', 'Story Ann');
      stage.bob = await hire(world, '1802', 'Story Bob');
      stage.cid = await hire(world, '1803', 'Story Cid');
      return '1801, 1802, 1803 on site-a';
    },
  };
}

function phonesRegister(stage: Stage): Step {
  return {
    says: 'their phones register, each challenged; a wrong password is refused',
    async run(world) {
      const players = castOf(stage);
      for (const { phone } of players) await register(phone);
      const { host, port, domain } = sipServerOf(world.layout);
      const thief = await SipPhone.open({ user: '1801', domain, password: 'not-the-password', proxy: { host, port } });
      const { status } = await thief.register();
      await thief.close();
      assert.equal(status, 401, 'a wrong password must be refused');
      return '3 registered, the wrong password got 401';
    },
  };
}

function strangersAreStopped(stage: Stage): Step {
  return {
    says: 'an unauthenticated call and a spoofed From are stopped at the door',
    async run(world) {
      const { ann, bob } = namesOf(stage);
      const { host, port, domain } = sipServerOf(world.layout);
      const stranger = await SipPhone.open({ user: '1801', domain, proxy: { host, port } });
      const unknown = stranger.call(bob.number);
      const spoofed = ann.phone.call(bob.number, { from: `<sip:${bob.number}@${domain}>` });
      const statuses = [(await unknown.final()).status, (await spoofed.final()).status];
      await stranger.close();
      assert.deepEqual(statuses, [407, 403]);
      stage.refusedCallIds = [unknown.callId, spoofed.callId];
      return 'answered 407 and 403';
    },
  };
}

function callRings(stage: Stage): Step {
  return {
    says: '1801 calls 1802; Kamailio asks the dial-plan service; it rings and is answered',
    async run() {
      const { ann, bob } = namesOf(stage);
      const began = performance.now();
      const call = ann.phone.call(bob.number);
      const incoming = await bob.phone.nextCall();
      const ringsAfter = performance.now() - began;
      await call.answered();
      await call.hangUp();
      await incoming.hungUp.within();
      stage.callId = call.callId;
      return `rang after ${ringsAfter.toFixed(0)} ms, answered, hung up`;
    },
  };
}

function traceIsFound(stage: Stage): Step {
  return {
    says: 'the trace of that call is found by its Call-ID and says why; the two stopped calls never reached the plan',
    async run({ admin }) {
      const path = `/calls/${encodeURIComponent(stage.callId ?? '')}`;
      const decision = await eventually('the decision is recorded', async () => (await admin.get<{ items: ExplainedDecision[] }>(path)).body.items[0], 10_000);
      // records are written in order after the answer: with this later one there, theirs would be, too
      for (const callId of stage.refusedCallIds ?? []) {
        const { body } = await admin.get<{ items: unknown[] }>(`/calls/${encodeURIComponent(callId)}`);
        assert.equal(body.items.length, 0, 'the plan must never have been asked');
      }
      const { trace } = decision;
      assert.ok(trace, 'a recorded decision carries its trace');
      assert.equal(trace.caller.number, '1801');
      assert.equal(trace.caller.profileId, 'standard');
      const [won, ...others] = trace.candidates;
      assert.equal(won?.result, 'won');
      assert.equal(won?.pattern, '1XXX');
      assert.ok(others.length > 0 && others.every((candidate) => candidate.why !== ''), 'each loser says why');
      assert.ok(trace.revision !== '');
      return `${decision.summary}; ${won?.partitionName} ${won?.pattern} won, ${others.length} others lost, ${trace.revision}`;
    },
  };
}

function trunkCalls(stage: Stage): Step {
  return {
    says: 'a call comes in from a trunk and another goes out to it',
    async run(world) {
      const { ann, bob } = namesOf(stage);
      const trunk = await openTrunk(world, 'trunk');
      try {
        const { domain } = sipServerOf(world.layout);
        const inbound = trunk.call(`sip:${bob.number}@${domain}`);
        await bob.phone.nextCall();
        await inbound.answered();
        await inbound.hangUp();
        const outbound = ann.phone.call('004930123456');
        const arrived = await trunk.nextCall();
        await outbound.answered();
        await outbound.hangUp();
        assert.match(arrived.invite.uri, /^sip:04930123456@/, 'the access digit is stripped');
        return `in: +4930000000 rang 1802; out: 004930123456 left as ${/^sip:([^@]+)/.exec(arrived.invite.uri)?.[1]}`;
      } finally {
        await trunk.close();
      }
    },
  };
}

function genesysAsks(): Step {
  return {
    says: 'a client with the rules of a Genesys SIP Server asks POST /site-a',
    async run(world) {
      const client = new SipServerClient(doorsOf(world.layout));
      await client.beat();
      assert.equal(client.inService, 2);
      const answer = await client.decide(question('1801', '1802'));
      assert.ok(answer !== 503);
      assert.deepEqual(rung(answer), ['1802']);
      const withDeadUrl = new SipServerClient(['http://127.0.0.1:9/site-a', doorsOf(world.layout)[1]]);
      const retried = await withDeadUrl.decide(question('1801', '1802'));
      assert.ok(retried !== 503, 'one retry on the alternative URL');
      return 'both URLs answer their heartbeat; a dead URL costs one retry';
    },
  };
}

function castOf(stage: Stage): readonly Player[] {
  const { ann, bob, cid } = stage;
  assert.ok(ann && bob && cid, 'the users must have been created');
  return [ann, bob, cid];
}

function namesOf(stage: Stage): { ann: Player; bob: Player; cid: Player } {
  const [ann, bob, cid] = castOf(stage) as [Player, Player, Player];
  return { ann, bob, cid };
}

