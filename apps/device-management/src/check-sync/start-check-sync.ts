import { openSipEndpoint, type SipHandlers } from '@sfs/sip';
import { CheckSyncMetrics } from './check-sync.metrics.ts';
import type { CheckSyncParts, StartCheckSync } from './check-sync.port.ts';
import { CheckSyncService } from './check-sync.service.ts';
import { systemClock } from '@sfs/service-host';
import { Pace } from './pace.ts';
import { ProxyWatch } from './proxy-watch.ts';
import { noteRegistration } from './registrations.ts';

/** A change of a profile concerns thousands of phones; each of them fetches when it is told. */
const PER_SECOND = 20;

/** The service's SIP side. Rejects when the port is taken. */
export const startCheckSync: StartCheckSync = async (parts) => {
  const { config, host, packs, known, directory, facts } = parts;
  const { log } = host;
  const metrics = new CheckSyncMetrics(host.metrics);
  const endpoint = await openSipEndpoint(sipOptions(parts), handlersOf(parts, metrics));
  const pace = new Pace(PER_SECOND, systemClock);
  const service = new CheckSyncService({ endpoint, packs, known, directory, facts, pace, metrics, log });
  const proxy = config.SFS_DEVICES_SIP_PROXY;
  const watch = new ProxyWatch(endpoint, proxy, systemClock);
  watch.start();
  metrics.watch(endpoint, () => pace.waiting);
  log.info({ sipPort: config.SFS_DEVICES_SIP_PORT, proxy, trusted: config.SFS_DEVICES_SIP_TRUSTED }, 'sends check-sync, takes registrations');

  return {
    send: (mac) => service.send(mac),
    health: () => [{ name: 'check-sync', ok: watch.answers !== false, detail: detailOf(proxy, watch.answers, pace.waiting) }],
    drain: async () => {
      endpoint.drain();
      pace.close();
      await service.idle();
    },
    stop: async () => {
      pace.close();
      watch.stop();
      await endpoint.close();
      await service.idle();
    },
  };
};

function detailOf(proxy: string, answers: boolean | undefined, waiting: number): string {
  if (answers === false) return `the SIP server ${proxy} does not answer: phones are not told of changes; is it among SFS_DEVICES_SIP_TRUSTED?`;
  return `through ${proxy}, ${waiting} waiting`;
}

/** The SIP server tells of registrations; there is nothing here to call or to subscribe to. */
function handlersOf({ known, directory, facts }: CheckSyncParts, metrics: CheckSyncMetrics): SipHandlers {
  return {
    invite: (call) => call.reject(404, 'Nobody To Call Here'),
    subscribe: (request) => request.reject(489, 'Bad Event'),
    register: (number, sipDomain, expires) => noteRegistration({ known, directory, facts, metrics }, number, sipDomain, expires),
  };
}

function sipOptions({ config, host }: CheckSyncParts): Parameters<typeof openSipEndpoint>[0] {
  return {
    host: config.SFS_HOST,
    port: config.SFS_DEVICES_SIP_PORT,
    trusted: config.SFS_DEVICES_SIP_TRUSTED,
    proxy: config.SFS_DEVICES_SIP_PROXY,
    userAgent: 'SFS device-management',
    log: host.log,
    maxCalls: 1,
  };
}
