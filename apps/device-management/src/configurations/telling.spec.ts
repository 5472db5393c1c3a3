import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { DomainError } from '@sfs/kernel';
import { eventually } from '@sfs/testing';
import { Telling } from './telling.ts';

type Outcome = { status: number; meaning: string };

describe('phones that have yet to be told', () => {
  const sent: string[] = [];
  const open = new Map<string, (outcome: Outcome | Error) => void>();
  const checkSync = {
    send: (mac: string) => {
      sent.push(mac);
      return new Promise<Outcome>((resolve, reject) => open.set(mac, (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome))));
    },
  };
  const telling = new Telling(checkSync, pino({ level: 'silent' }));
  const end = (mac: string, outcome: Outcome | Error = { status: 200, meaning: '' }): void => open.get(mac)?.(outcome);

  it('are told once however many revisions they missed, and again for one that came while they were told', async () => {
    for (let at = 0; at < 3; at += 1) telling.tell('a');
    expect(sent).toEqual(['a']);
    telling.tell('a');
    end('a');
    await eventually('the second', () => sent.length === 2 || undefined);
    end('a', new DomainError('not-found', 'devices/unknown', 'gone'));
    await eventually('the end', () => telling.size === 0 || undefined);
    expect(sent).toEqual(['a', 'a']);
  });

  it('are told 80 at once', async () => {
    const macs = Array.from({ length: 200 }, (_, at) => `m${at}`);
    for (const mac of macs) telling.tell(mac);
    expect(sent.length - 2).toBe(80);
    for (const mac of macs) {
      await eventually(`${mac} told`, () => open.has(mac) || undefined);
      end(mac);
    }
    await eventually('the end', () => telling.size === 0 || undefined);
    expect(new Set(sent.slice(2)).size).toBe(200);
  });

  it('are left to their next check when the service stops', async () => {
    const macs = Array.from({ length: 90 }, (_, at) => `z${at}`);
    for (const mac of macs) telling.tell(mac);
    end('z0', new DomainError('unavailable', 'check-sync/stopping', 'stopping'));
    await eventually('nobody waiting', () => telling.size === 79 || undefined);
    const closed = telling.close();
    for (const mac of macs) end(mac);
    await closed;
    telling.tell('late');
    expect(sent.filter((mac) => mac === 'late' || mac === 'z85')).toEqual([]);
  });
});
