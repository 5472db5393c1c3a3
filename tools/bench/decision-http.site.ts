import { compilePlan } from '@sfs/dial-plan';
import { pino, type Logger } from 'pino';
import type { Entity } from '../../apps/dial-plan/src/projection/entity.ts';
import { Projection } from '../../apps/dial-plan/src/projection/projection.service.ts';

export const USERS = 1_000;
const CHANGED_AT = '2026-01-01T00:00:00.000000Z';

const entity = (kind: string, id: string, body: Record<string, unknown>): Entity => ({ tenant: 'default', kind, id, version: 1, tag: `tag of ${kind} ${id}`, changedAt: CHANGED_AT, deleted: false, body: { id: id.split('/').at(-1), ...body } });

/** 1,000 users with numbers, every tenth forwards on no answer; five partitions, two profiles. */
export async function benchProjection(log: Logger = pino({ level: 'silent' })): Promise<Projection> {
  const projection = new Projection({ switches: ['site-a'], compiler: { compile: (source) => Promise.resolve(compilePlan(source)) }, log });
  await projection.load('provisioning', directory());
  await projection.load('dialplan', plan());
  await projection.settled();
  return projection;
}

function* directory(): Generator<Entity> {
  yield entity('switch', 'site-a', { siteId: 'site-a', sipDomain: 'site-a.example.com' });
  for (let i = 0; i < USERS; i++) {
    const number = String(1_000 + i);
    yield entity('user', `u-${number}`, { displayName: `User ${number}`, siteId: 'site-a' });
    yield entity('dn', `site-a/${number}`, { switchId: 'site-a', number, userId: `u-${number}` });
    if (i % 10 === 0) yield entity('call-settings', `user/u-${number}`, { layer: 'user', settings: { forwardOnNoAnswer: { kind: 'number', number: '1001' } } });
  }
}

function* plan(): Generator<Entity> {
  const partition = (id: string, body: Record<string, unknown>): Entity => entity('partition', `site-a/${id}`, { name: id, active: true, ...body });
  const out = { action: 'trunk', trunks: ['pstn', 'backup'], stripDigits: 1 };
  yield partition('phones', { patterns: ['1XXX'], action: 'extension' });
  yield partition('local', { patterns: ['0NXXXXXX.', '0[2-4]XX'], ...out });
  yield partition('international', { patterns: ['000.', '+.'], ...out });
  yield partition('premium', { patterns: ['0900.', '00900.'], action: 'block', blockCode: 403, blockReason: 'Premium numbers are blocked' });
  yield partition('services', { patterns: ['*XX', '2XXX', '3XXX'], action: 'extension' });
  const all = ['phones', 'local', 'international', 'premium', 'services'];
  yield entity('calling-profile', 'site-a/standard', { name: 'Standard', partitionIds: all });
  yield entity('calling-profile', 'site-a/inbound', { name: 'Inbound', partitionIds: ['phones'] });
  const trunks = [{ name: 'pstn', uri: 'sip:192.0.2.1:5060' }, { name: 'backup', uri: 'sip:192.0.2.2:5060' }];
  yield entity('switch-settings', 'site-a', { active: true, defaultProfileId: 'standard', inboundProfileId: 'inbound', emergencyNumbers: ['112', '110'], emergencyTrunk: 'pstn', trunks, maxForwards: 5 });
}
