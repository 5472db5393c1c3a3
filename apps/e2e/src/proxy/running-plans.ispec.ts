import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { headerOf } from '@sfs/testing';
import { ADAPTER_TOKEN, DOMAIN, ProxyUnderTest } from './proxy-under-test.ts';
import { adapterReplica, aPlan, type Answer, type ScriptedReplica } from './scripted-replica.ts';

const ours = (number: string): string => `sip:${number}@${DOMAIN}`;

describe('running a plan', () => {
  let proxy: ProxyUnderTest;
  let replica: ScriptedReplica;
  let answer: Answer;
  let expectedFallbacks = 0;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start();
    replica = adapterReplica({ name: 'A', port: proxy.values.evapiPort, token: ADAPTER_TOKEN, decide: () => answer });
    await proxy.untilReplicas(1);
  });
  afterEach(async () => {
    await proxy.closePhones();
    expect((await proxy.status()).fallbacks).toBe(expectedFallbacks);
  });
  afterAll(async () => {
    await replica.close();
    await proxy.stop();
  });

  describe('the outcome of a step chooses the next one', () => {
    const ladder = { ring: [ours('1002')], timeout: 1, busy: 1, noAnswer: 2, unreachable: 3, reject: 4 };
    const rungs = ['1011', '1012', '1013', '1014'].map((number) => ({ ring: [ours(number)], timeout: 5 }));
    it.each([
      ['busy', { status: 486 }, '1011'],
      ['busy everywhere', { status: 600 }, '1011'],
      ['no answer', 'ring', '1012'],
      ['silent', 'silent', '1013'],
      ['unavailable', { status: 480 }, '1013'],
      ['declining', { status: 603 }, '1014'],
      ['forwarding to a stranger', { redirectTo: 'sip:1@203.0.113.9' }, '1014'],
    ] as const)('%s', async (_what, behaviour, expected) => {
      answer = aPlan([ladder, ...rungs]);
      await proxy.phone('1002', { behaviour });
      const reached = await proxy.phone(expected);
      const caller = await proxy.phone('1001');
      await caller.call('1002').answered(8000);
      expect((await reached.nextCall()).header('To')).toContain('1002');
    });

    it('not registered', async () => {
      answer = aPlan([{ ...ladder, ring: [ours('1099')] }, ...rungs]);
      const reached = await proxy.phone('1013');
      await (await proxy.phone('1001')).call('1002').answered();
      await reached.nextCall();
    });
  });

  describe('without a next step the caller gets the answer of this one', () => {
    it.each([
      ['busy', { status: 486, headers: [['X-Why', 'desk']] }, 486],
      ['declining', { status: 603 }, 603],
      ['no answer', 'ring', 480],
      ['silent', 'silent', 480],
      ['a trunk that asks for a password', { status: 407, headers: [['Proxy-Authenticate', 'Digest realm="carrier", nonce="1"']] }, 480],
      ['forwarding to a stranger', { redirectTo: 'sip:1@203.0.113.9' }, 603],
    ] as const)('%s', async (_what, behaviour, code) => {
      answer = aPlan([{ ring: [ours('1002')], timeout: 1 }]);
      await proxy.phone('1002', { behaviour });
      const final = await (await proxy.phone('1001')).call('1002').final(8000);
      expect(final.status).toBe(code);
      if (code === 486) expect(headerOf(final, 'X-Why')).toBe('desk');
    });

    it('not registered: 480 at once', async () => {
      answer = aPlan([{ ring: [ours('1099')], timeout: 5 }]);
      expect((await (await proxy.phone('1001')).call('1099').final(1500)).status).toBe(480);
    });
  });

  it('rings all targets of a step together; the first to answer has the call, the others are cancelled', async () => {
    answer = aPlan([{ ring: [ours('1002'), ours('1099'), ours('1003'), ours('1004')], timeout: 5 }]);
    const slow = await proxy.phone('1002', { behaviour: 'ring' });
    const quick = await proxy.phone('1003');
    const other = await proxy.phone('1004', { behaviour: 'ring' });
    await (await proxy.phone('1001')).call('1002').answered();
    await (await slow.nextCall()).cancelled.within();
    await (await other.nextCall()).cancelled.within();
    await (await quick.nextCall()).acknowledged.within();
  });

  it('one of several busy keeps the others ringing', async () => {
    answer = aPlan([{ ring: [ours('1002'), ours('1003')], timeout: 5, busy: 1 }, { ring: [ours('1004')], timeout: 5 }]);
    await proxy.phone('1002', { behaviour: { status: 486 } });
    const manual = await proxy.phone('1003', { behaviour: 'manual' });
    const next = await proxy.phone('1004');
    const call = (await proxy.phone('1001')).call('1002');
    const rung = await manual.nextCall();
    rung.ring();
    await call.ringing();
    rung.answer();
    await call.answered();
    expect(next.calls.all).toEqual([]);
  });

  it('goes to the second trunk when the first fails, then to none twice', async () => {
    const first = await proxy.trunk(0, { behaviour: { status: 503 } });
    const second = await proxy.trunk(1);
    answer = aPlan([
      { ring: [`sip:0301234@127.0.0.1:${first.local.port}`], timeout: 30, unreachable: 1 },
      { ring: [`sip:0301234@127.0.0.1:${second.local.port}`], timeout: 30 },
    ]);
    const call = (await proxy.phone('1001')).call('0301234');
    await call.answered();
    const out = await second.nextCall();
    expect(out.invite.uri).toBe(`sip:0301234@127.0.0.1:${second.local.port}`);
    expect(first.calls.all).toHaveLength(1);
    await out.hangUp();
    await call.hungUp.within();
  });

  it('a trunk that is gone is unreachable after 2 s', async () => {
    const second = await proxy.trunk(1);
    answer = aPlan([
      { ring: [`sip:0301234@127.0.0.1:${proxy.trunkPorts[0]}`], timeout: 30, unreachable: 1 },
      { ring: [`sip:0301234@127.0.0.1:${second.local.port}`], timeout: 30 },
    ]);
    const started = performance.now();
    await (await proxy.phone('1001')).call('0301234').answered(6000);
    expect(performance.now() - started).toBeLessThan(3500);
  });

  it('says in Diversion who sent the call on, and only at that step', async () => {
    answer = aPlan([
      { ring: [ours('1002')], timeout: 5, busy: 1 },
      { ring: [ours('1003')], timeout: 5, diversion: `<${ours('1002')}>;reason=user-busy;counter=1` },
    ]);
    const busy = await proxy.phone('1002', { behaviour: { status: 486 } });
    const next = await proxy.phone('1003');
    await (await proxy.phone('1001')).call('1002').answered();
    expect((await busy.nextCall()).headers('Diversion')).toEqual([]);
    expect((await next.nextCall()).headers('Diversion')).toEqual([`<${ours('1002')}>;reason=user-busy;counter=1`]);
  });

  it('asks with the diversions of a trunk, oldest first, and puts its own on top', async () => {
    answer = aPlan([{ ring: [ours('1002')], timeout: 5, diversion: `<${ours('1001')}>;reason=unconditional;counter=1` }]);
    const callee = await proxy.phone('1002');
    const trunk = await proxy.trunk();
    const call = trunk.call(ours('1001'), {
      from: '"Ada" <sip:+49301234@carrier.example>',
      headers: [
        ['Diversion', '"B, third" <sip:3333@carrier.example>;reason=no-answer, <sip:2222@carrier.example>;reason=user-busy'],
        ['Diversion', '<sip:1111@carrier.example>;reason=unconditional'],
      ],
    });
    await call.answered();
    expect(replica.questions.all.at(-1)).toMatchObject({ from: '+49301234', to: '1001', origin: 'external', diversions: ['1111', '2222', '3333'] });
    expect((await callee.nextCall()).headers('Diversion')[0]).toContain(ours('1001'));
  });

  it.each([
    ['without a display name', ['<sip:2222@carrier.example>;reason=user-busy'], ['2222']],
    ['without angle brackets', ['sip:2222@carrier.example;reason=user-busy'], ['2222']],
    ['of more than 16', Array.from({ length: 20 }, (_, index) => `<sip:${1000 + index}@carrier.example>`), Array.from({ length: 16 }, (_, index) => String(1015 - index))],
    ['that nobody can read', ['"', '<sip:>', 'tel:1', '<sip:carrier.example>', ',,,', `<sip:${'9'.repeat(65)}@carrier.example>`], []],
  ])('asks with diversions %s', async (_what, values, expected) => {
    answer = aPlan([], { reject: { code: 404, reason: 'No such number' } });
    const trunk = await proxy.trunk();
    expect((await trunk.call(ours('1002'), { headers: values.map((value) => ['Diversion', value]) }).final()).status).toBe(404);
    expect(replica.questions.all.at(-1)?.diversions).toEqual(expected);
  });

  it.each([
    ['a caller who hides', '"Anonymous" <sip:carrier.example>'],
    ['a caller with a name of 65 characters', `<sip:${'a'.repeat(65)}@carrier.example>`],
  ])('asks with an empty number for %s', async (_what, from) => {
    answer = aPlan([], { reject: { code: 404, reason: 'No such number' } });
    expect((await (await proxy.trunk()).call(ours('1002'), { from }).final()).status).toBe(404);
    expect(replica.questions.all.at(-1)).toMatchObject({ from: '', origin: 'external' });
  });

  it('asks with the number unescaped', async () => {
    answer = aPlan([], { reject: { code: 404, reason: 'No such number' } });
    expect((await (await proxy.phone('1001')).call('1%30%30%32').final()).status).toBe(404);
    expect(replica.questions.all.at(-1)).toMatchObject({ to: '1002' });
  });

  it('refuses with the code and the reason of the plan', async () => {
    answer = aPlan([], { reject: { code: 483, reason: 'Forwarded too often' } });
    const final = await (await proxy.phone('1001')).call('1002').final();
    expect([final.status, final.reason]).toEqual([483, 'Forwarded too often']);
  });

  it('follows a phone that forwards by itself, to a registered user and once', async () => {
    answer = aPlan([{ ring: [ours('1002')], timeout: 5 }]);
    await proxy.phone('1002', { behaviour: { redirectTo: ours('1003') } });
    const next = await proxy.phone('1003', { behaviour: { redirectTo: ours('1004') } });
    const last = await proxy.phone('1004');
    expect((await (await proxy.phone('1001')).call('1002').final()).status).toBe(603);
    await next.nextCall();
    expect(last.calls.all).toEqual([]);
    next.behaviour = 'answer';
    await (await proxy.phone('1001')).call('1002').answered();
  });

  it('useOwnPlan rings the extension that was dialled, without an alarm', async () => {
    answer = aPlan([], { useOwnPlan: true });
    const callee = await proxy.phone('1002');
    const caller = await proxy.phone('1001');
    await caller.call('1002').answered();
    await callee.nextCall();
    expect((await caller.call('1099').final()).status).toBe(480);
  });

  it('a plan that points backwards ends instead of going round', async () => {
    answer = aPlan([{ ring: [ours('1002')], timeout: 5, busy: 1 }, { ring: [ours('1002')], timeout: 5, busy: 0 }]);
    const callee = await proxy.phone('1002', { behaviour: { status: 486 } });
    expect((await (await proxy.phone('1001')).call('1002').final()).status).toBe(486);
    expect(callee.calls.all).toHaveLength(2);
  });

  it.each([
    ['of a version it does not know', { code: 200, plan: { version: 2, steps: [{ ring: [ours('1002')] }] } }],
    ['without steps', aPlan([])],
    ['that is no object', { code: 200, plan: 'ring 1002' }],
    ['of 40 kB', aPlan([{ ring: [ours('1099')], timeout: 5 }], { pad: 'x'.repeat(40_000) })],
  ] as const)('an answer %s counts as none: the extension rings', async (_what, bad) => {
    await proxy.untilReplicas(1);
    answer = bad;
    expectedFallbacks += 1;
    const callee = await proxy.phone('1002');
    await (await proxy.phone('1001')).call('1002').answered();
    await callee.nextCall();
  });

  it('works the same for phones on TCP', async () => {
    await proxy.untilReplicas(1);
    answer = aPlan([{ ring: [ours('1002')], timeout: 5, busy: 1 }, { ring: [ours('1003')], timeout: 5 }]);
    await proxy.phone('1002', { transport: 'tcp', behaviour: { status: 486 } });
    const callee = await proxy.phone('1003', { transport: 'tcp' });
    const call = (await proxy.phone('1001', { transport: 'tcp' })).call('1002');
    await call.answered();
    const rung = await callee.nextCall();
    await rung.acknowledged.within();
    expect((await rung.hangUp()).status).toBe(200);
    await call.hungUp.within();
  });
});
