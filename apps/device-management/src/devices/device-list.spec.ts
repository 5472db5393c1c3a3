import { beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '@sfs/projection';
import { caller, devicesRig, wanted } from './devices-rig.ts';

const macOf = (number: number): string => `805ec0${number.toString(16).padStart(6, '0')}`;
const waits = (number: number) => rig.facts.waits({ tenant: 'default', mac: macOf(number), vendor: 'yealink', model: 'T46U', firmware: '', address: `10.0.1.${number}`, userAgent: '' });
const numbersOf = (views: readonly { body: { mac: string } }[]): number[] => views.map(({ body }) => Number.parseInt(body.mac.slice(6), 16));

let rig: Awaited<ReturnType<typeof devicesRig>>;

beforeEach(async () => {
  rig = await devicesRig();
});

const page = (more: object = {}) => rig.list.page('default', { query: '', state: '', pageSize: 0, pageToken: '', ...more });
async function pages(pageSize: number): Promise<number[]> {
  const seen: number[] = [];
  let pageToken = '';
  do {
    const { views, nextPageToken } = await page({ pageSize, pageToken });
    seen.push(...numbersOf(views));
    pageToken = nextPageToken;
  } while (pageToken !== '');
  return seen;
}

async function enter(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await rig.devices.create(caller, wanted({ mac: macOf(number), label: `desk ${number}`, ...(number === 2 ? { switchId: 'main', number: '1002' } : {}) }));
}

describe('the list of devices', () => {
  it('has the waiting ones first, then all by MAC, on pages of any size', async () => {
    await enter(5);
    for (const number of [9, 7]) waits(number);
    for (const pageSize of [1, 2, 3, 7, 200]) expect(await pages(pageSize)).toEqual([7, 9, 1, 2, 3, 4, 5]);
  });

  it.each([
    ['desk 3', [3]],
    ['BAUM', [2]],
    ['1002', [2]],
    ['80:5E:C0:00:00:04', [4]],
    ['10.0.1.7', [7]],
    ['t46u', [7, 1, 2, 3, 4]],
    ['nothing', []],
  ])('is searched for %s', async (query, expected) => {
    await enter(4);
    waits(7);
    expect(numbersOf((await page({ query })).views)).toEqual(expected);
  });

  it('has one state only when asked, and counts all', async () => {
    await enter(3);
    waits(7);
    rig.facts.note({ tenant: 'default', mac: macOf(1), kind: 'request' });
    rig.facts.declared({ tenant: 'default', mac: macOf(1), revision: 2, at: rig.clock.now });
    rig.facts.fetched({ tenant: 'default', mac: macOf(1), revision: 1, generation: 1 });
    rig.clock.now += 2_000;
    const { views, counts } = await page({ state: 'drift' });
    expect([numbersOf(views), counts]).toEqual([[1], { waiting: 1, assigned: 2, 'in-step': 0, drift: 1, 'not-seen': 0 }]);
    expect(numbersOf((await page({ state: 'waiting' })).views)).toEqual([7]);
  });

  it('counts a new device at once', async () => {
    await enter(1);
    const before = (await page()).counts['assigned'];
    await rig.devices.create(caller, wanted({ mac: macOf(2) }));
    expect([before, (await page()).counts['assigned']]).toEqual([1, 2]);
  });

  it.each([
    [{ state: 'asleep' }, 'input/state'],
    [{ pageSize: 201 }, 'input/page-size'],
    [{ pageToken: 'made-up' }, 'input/page-token'],
    [{ query: 'x'.repeat(200) }, 'input/query'],
  ])('is refused for %o', async (more, code) => {
    await expect(page(more)).rejects.toMatchObject({ code });
  });

  it('pages and searches through 100,000 devices', async () => {
    await rig.known.load(many(100_000));
    const { views, nextPageToken, counts } = await page({ pageSize: 200 });
    expect([views.length, counts['assigned']]).toEqual([200, 100_000]);
    expect(numbersOf((await page({ pageSize: 200, pageToken: nextPageToken })).views)[0]).toBe(200);
    expect(numbersOf((await page({ query: 'desk 99999' })).views)).toEqual([99_999]);
  }, 30_000);
});

async function* many(count: number): AsyncGenerator<Entity> {
  for (let number = 0; number < count; number += 1) {
    const mac = macOf(number);
    const body = { mac, vendor: 'yealink', model: 'T46U', label: `desk ${number}`, switchId: '', number: '', profileId: '', settings: {}, credentialGeneration: 1 };
    yield { tenant: 'default', kind: 'device', id: mac, version: 1, tag: mac, changedAt: '2026', site: 'site-a', actor: 'ann', deleted: false, body };
  }
}
