import { newTimeUuid } from '@sfs/cassandra';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeEntityStore } from '../entities/fake-entity-store.ts';
import { FakeAttemptsStore } from './fake-attempts-store.ts';
import { PinHashes } from './pin-hashes.ts';
import { PinsService } from './pins.service.ts';

const caller = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
const box = { tenant: 'default', mailbox: '1002' };
const cheap = { memory: 64, passes: 1, atOnce: 2, waiting: 64 };

let attempts: FakeAttemptsStore;
let entities: FakeEntityStore;
let verified: string[];
let clock: number;
let pins: PinsService;
let first: string;

beforeEach(async () => {
  attempts = new FakeAttemptsStore();
  entities = new FakeEntityStore();
  verified = [];
  clock = 0;
  const hashes = new PinHashes(Buffer.alloc(32, 1), cheap);
  const counting = {
    hash: (pin: string) => hashes.hash(pin),
    verify: (pin: string, stored: string | undefined) => {
      verified.push(pin);
      return hashes.verify(pin, stored);
    },
  };
  pins = new PinsService({ attempts, entities, hashes: counting, extensionsOf: () => ['4711'], now: () => Date.now() + clock });
  const { pin, row } = await pins.firstPin('default', '1002');
  await entities.commit({ ...caller, rows: [row] });
  first = pin;
});

const attempt = (pin: string, mailbox = '1002') => pins.check({ tenant: 'default', mailbox, pin, origin: '1001' });
const wrong = () => (first === '602938' ? '602939' : '602938');

describe('a PIN', () => {
  it('is asked to be changed at its first use, and then no more', async () => {
    expect(await attempt(first)).toBe('must-change');
    expect(await pins.change({ ...box, pin: '830174', actor: '1002' })).toBe('done');
    expect(await attempt('830174')).toBe('right');
    expect(await attempt(first)).toBe('wrong');
  });

  it.each([
    ['8301', 'too-short'],
    ['111111', 'too-easy'],
    ['471138', 'too-easy'],
    ['100283', 'too-easy'],
  ] as const)('%s is refused as %s', async (pin, answer) => {
    expect(await pins.change({ ...box, pin, actor: '1002' })).toBe(answer);
  });

  it('does not come again among the last ones', async () => {
    expect(await pins.change({ ...box, pin: '830174', actor: '1002' })).toBe('done');
    expect(await pins.change({ ...box, pin: '830174', actor: '1002' })).toBe('used-before');
    for (const pin of ['602938', '719304', '285017', '940362', '518270']) expect(await pins.change({ ...box, pin, actor: '1002' })).toBe('done');
    expect(await pins.change({ ...box, pin: '602938', actor: '1002' })).toBe('used-before');
    expect(await pins.change({ ...box, pin: '374091', actor: '1002' })).toBe('done');
    expect(await pins.change({ ...box, pin: '830174', actor: '1002' })).toBe('done');
  });

  it('is never in clear where it is kept', async () => {
    await pins.change({ ...box, pin: '830174', actor: '1002' });
    expect(JSON.stringify(entities.history)).not.toContain('830174');
    expect((await entities.read('default', 'mailbox-pin', '1002'))?.body['hash']).toMatch(/^\$argon2id\$/);
  });
});

describe('the lock', () => {
  it('comes with the fourth failure and goes after ten minutes', async () => {
    for (let n = 0; n < 4; n += 1) expect(await attempt(wrong())).toBe('wrong');
    expect(await attempt(first)).toBe('locked');
    expect((await pins.state('default', '1002')).lockedUntil).toBeGreaterThan(Date.now());
    clock = 10 * 60_000 + 1_000;
    expect((await pins.state('default', '1002')).lockedUntil).toBeUndefined();
    expect(await attempt(first)).toBe('must-change');
  });

  it('counts failures since the last right PIN', async () => {
    for (let n = 0; n < 3; n += 1) await attempt(wrong());
    expect(await attempt(first)).toBe('must-change');
    for (let n = 0; n < 3; n += 1) expect(await attempt(wrong())).toBe('wrong');
    expect(await attempt(first)).toBe('must-change');
  });

  it('looks at no more than four PINs of twenty that come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(wrong())));
    expect(verified.length).toBe(4);
    expect(answers.filter((answer) => answer === 'locked').length).toBe(16);
  });

  it('counts an attempt whose answer never came', async () => {
    for (let n = 0; n < 4; n += 1) await attempts.begin(box, { id: newTimeUuid() }, n === 0 ? null : n);
    expect(await attempt(first)).toBe('locked');
    expect(verified).toEqual([]);
  });

  it('counts once what the store was silent about', async () => {
    attempts.unknownOutcomes = 1;
    expect(await attempt(wrong())).toBe('wrong');
    expect(attempts.rows.get('default/1002')?.attempts.length).toBe(1);
  });

  it('is opened by an administrator, who is named', async () => {
    for (let n = 0; n < 4; n += 1) await attempt(wrong());
    await pins.unlock(caller, '1002');
    expect(await attempt(first)).toBe('must-change');
    expect(entities.history.at(-1)).toMatchObject({ kind: 'mailbox-unlock', id: '1002', actor: 'ann' });
  });

  it('is opened by a reset, which gives another PIN', async () => {
    for (let n = 0; n < 4; n += 1) await attempt(wrong());
    const pin = await pins.reset(caller, '1002');
    expect(pin).toMatch(/^\d{6}$/);
    expect(await attempt(pin)).toBe('must-change');
  });
});

describe('nobody learns', () => {
  it('whether a mailbox exists: it is recorded, verified and locked all the same', async () => {
    for (let n = 0; n < 4; n += 1) expect(await attempt('830174', '9999')).toBe('wrong');
    expect(await attempt('830174', '9999')).toBe('locked');
    expect(verified.length).toBe(4);
  });

  it('anything while nothing can be recorded', async () => {
    attempts.away = true;
    await expect(attempt(first)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(verified).toEqual([]);
  });
});
