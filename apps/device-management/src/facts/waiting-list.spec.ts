import { beforeEach, describe, expect, it } from 'vitest';
import { WaitingList } from './waiting-list.ts';

const phone = (number: number) => ({ tenant: 'default', mac: number.toString(16).padStart(12, '0'), vendor: '', model: '', firmware: '', address: '10.0.0.1', userAgent: '' });
const macs = (list: WaitingList) => list.macsOf('default')?.after('', 100).map((mac) => Number.parseInt(mac, 16));

let list: WaitingList;

beforeEach(() => {
  list = new WaitingList(3);
  for (const number of [1, 2, 3]) list.note(phone(number), number);
});

describe('the waiting list', () => {
  it('lets go of the one that was silent for longest when it is full', () => {
    list.note(phone(1), 4);
    list.note(phone(4), 5);
    expect(macs(list)).toEqual([1, 3, 4]);
    expect(list.take(10).drop).toEqual([{ tenant: 'default', mac: phone(2).mac }]);
  });

  it('writes a phone again after a minute, or when it says something else', () => {
    list.take(10);
    list.note(phone(1), 2_000);
    expect(list.take(10).put).toEqual([]);
    list.note({ ...phone(1), address: '10.0.0.2' }, 3_000);
    expect(list.take(10).put.length).toBe(1);
    list.note({ ...phone(1), address: '10.0.0.2' }, 63_000);
    expect(list.take(10).put.length).toBe(1);
  });

  it('goes on with what could not be written', () => {
    const { put } = list.take(10);
    for (const device of put) list.reopenPut(device);
    expect(list.open).toBe(3);
  });

  it('learns of other replicas what came and what was taken off', () => {
    const { put } = list.take(10);
    const other = { ...phone(9), firstSeenAt: 1, lastSeenAt: 50 };
    const [first] = put;
    if (first) list.merge([first, other], 100_000);
    expect(macs(list)).toEqual([1, 9]);
    expect(list.find('default', phone(9).mac)).toEqual(other);
  });
});
