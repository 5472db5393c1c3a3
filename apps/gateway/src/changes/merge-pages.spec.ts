import type { Change } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { type ChangesSource, mergePages } from './merge-pages.ts';

function aChange(owner: Change['owner'], time: number): Change {
  return { time: String(time).padStart(4, '0'), actor: 'admin', owner, kind: 'user', entityId: `${owner}-${time}`, version: 1, deleted: false, before: null, after: {} };
}

/** As an owner answers: newest first, page tokens are offsets; refuses a page larger than asked for. */
function sourceOf(owner: Change['owner'], times: number[], most = 100): ChangesSource & { items: Change[] } {
  const items = times.toSorted((a, b) => b - a).map((time) => aChange(owner, time));
  return {
    name: owner,
    items,
    page: async (pageToken, pageSize) => {
      const start = Number(pageToken === '' ? 0 : pageToken);
      const end = start + Math.min(pageSize, most);
      return { items: items.slice(start, end), nextPageToken: end < items.length ? String(end) : '' };
    },
  };
}

async function readAll(sources: ChangesSource[], pageSize: number): Promise<Change[]> {
  const all: Change[] = [];
  let pageToken = '';
  do {
    const page = await mergePages(sources, pageToken, pageSize);
    expect(page.items.length).toBeLessThanOrEqual(pageSize);
    all.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return all;
}

describe('mergePages', () => {
  it('shows everything once, newest first, whatever the sizes of the pages', async () => {
    const sources = [sourceOf('provisioning', [1, 4, 7, 10, 11, 12, 13], 3), sourceOf('dialplan', [2, 5, 8]), sourceOf('gateway', [3, 6, 9])];
    const expected = ['13', '12', '11', '10', '09', '08', '07', '06', '05', '04', '03', '02', '01'].map((time) => `00${time}`);
    for (const pageSize of [1, 2, 3, 5, 50]) {
      const all = await readAll(sources, pageSize);
      expect(all.map(({ time }) => time), `page size ${pageSize}`).toEqual(expected);
    }
  });

  it('loses nothing when changes arrive between two pages', async () => {
    const growing = sourceOf('provisioning', [1, 2, 3, 4, 5]);
    const first = await mergePages([growing, sourceOf('gateway', [])], '', 2);
    growing.items.unshift(aChange('provisioning', 6));
    const second = await mergePages([growing, sourceOf('gateway', [])], first.nextPageToken, 2);
    expect([...first.items, ...second.items].map(({ entityId }) => entityId)).toEqual(expect.arrayContaining(['provisioning-5', 'provisioning-4', 'provisioning-3']));
  });

  it('ends with an empty token', async () => {
    expect(await mergePages([sourceOf('gateway', [])], '', 10)).toEqual({ items: [], nextPageToken: '' });
  });

  it.each([['nonsense'], [Buffer.from('{"gateway":5}').toString('base64url')], [Buffer.from('[').toString('base64url')]])('refuses the foreign token %s', async (token) => {
    await expect(mergePages([sourceOf('gateway', [1])], token, 10)).rejects.toMatchObject({ kind: 'invalid', code: 'changes/page-token' });
  });

  it('fails as a whole when one owner cannot be asked, rather than hide its changes', async () => {
    const away: ChangesSource = { name: 'dialplan', page: async () => Promise.reject(new Error('away')) };
    await expect(mergePages([sourceOf('gateway', [1]), away], '', 10)).rejects.toThrow('away');
  });
});
