import { describe, expect, it } from 'vitest';
import { answerTail } from '../decision/answer.ts';
import { TickLog } from './source-ages.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const now = (seconds: number): number => Date.parse(at(seconds));

describe('staleness', () => {
  it('is -1 until a source was heard, then the age of its newest tick', () => {
    const ticks = new TickLog('site-a');
    expect([...ticks.ages(now(0))]).toEqual([['provisioning@site-a', -1], ['dialplan@site-a', -1]]);
    ticks.tick({ owner: 'provisioning', site: 'site-a', time: at(10) });
    ticks.tick({ owner: 'provisioning', site: 'site-a', time: at(8) });
    expect(ticks.ages(now(12)).get('provisioning@site-a')).toBe(2_000);
  });

  it('grows while nothing is heard: silence is not freshness', () => {
    const ticks = new TickLog('site-a');
    ticks.tick({ owner: 'dialplan', site: 'site-a', time: at(0) });
    expect(ticks.ages(now(3600)).get('dialplan@site-a')).toBe(3_600_000);
  });

  it('knows each origin site apart, and never goes below zero', () => {
    const ticks = new TickLog('site-a');
    ticks.tick({ owner: 'provisioning', site: 'site-b', time: at(5) });
    expect(ticks.ages(now(4)).get('provisioning@site-b')).toBe(0);
  });

  it('takes no time that is none', () => {
    const ticks = new TickLog('site-a');
    ticks.tick({ owner: 'provisioning', site: 'site-a', time: 'soon' });
    expect(ticks.ages(now(0)).get('provisioning@site-a')).toBe(-1);
  });

  it('is rendered into answers at most 50 ms late', () => {
    const ticks = new TickLog('site-a');
    let time = now(10);
    const tail = answerTail(ticks, () => time);
    ticks.tick({ owner: 'provisioning', site: 'site-a', time: at(10) });
    expect(tail.current()).toContain('"provisioning@site-a":0');
    time += 49;
    expect(tail.current()).toContain('"provisioning@site-a":0');
    time += 1;
    expect(tail.current()).toContain('"provisioning@site-a":50');
  });
});
