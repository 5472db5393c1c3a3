import type { Overview } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './verdict.ts';

const replica = (name: string, part: Partial<Overview['replicas'][number]> = {}): Overview['replicas'][number] => ({ replica: name, reachable: true, loadedFrom: 'fresh', switches: [{ switchId: 'site-a', deciding: true, revision: 'p1-d1', reason: '' }], sources: [{ owner: 'dialplan', site: 'site-a', ageMs: 400 }], refusals: [], ...part });
const service = { service: 'gateway', instance: 'g1', alive: true, ready: true, checks: [] };

describe('the verdict', () => {
  it('is calm when every replica decides with fresh data', () => {
    expect(verdictOf({ services: [service], replicas: [replica('A'), replica('B')] })).toMatchObject({ kind: 'ok', text: 'Calls are decided normally at site-a.', attention: [] });
  });

  it('still says that calls are decided when one of two replicas is gone', () => {
    const verdict = verdictOf({ services: [], replicas: [replica('A'), replica('B', { reachable: false })] });
    expect(verdict).toMatchObject({ kind: 'warn', text: 'Calls are decided normally at site-a.' });
    expect(verdict.attention.map((each) => each.what)).toEqual(['Dial plan replica B cannot be reached']);
  });

  it('is an alarm when no replica decides', () => {
    const down = replica('A', { switches: [{ switchId: 'site-a', deciding: false, revision: '', reason: 'no plan was loaded' }] });
    expect(verdictOf({ services: [], replicas: [down] })).toMatchObject({ kind: 'bad', text: 'No replica decides calls at site-a.' });
  });

  it('takes silence of a source for staleness, not for freshness', () => {
    const verdict = verdictOf({ services: [], replicas: [replica('A', { sources: [{ owner: 'provisioning', site: 'site-a', ageMs: -1 }] })] });
    expect(verdict.attention[0]?.what).toBe('Replica A never heard provisioning of site-a');
    expect(verdict.sources).toEqual([{ name: 'provisioning site-a', ageMs: -1 }]);
  });

  it('names the check that keeps a service from being ready', () => {
    const verdict = verdictOf({ services: [{ ...service, ready: false, checks: [{ name: 'cassandra', ok: false, detail: 'no node answers' }] }], replicas: [replica('A')] });
    expect(verdict.attention[0]).toMatchObject({ kind: 'warn', what: 'gateway g1 is not ready', why: 'cassandra: no node answers' });
  });
});
