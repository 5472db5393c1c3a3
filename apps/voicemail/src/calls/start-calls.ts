import { openMedia } from '@sfs/media';
import { openSipEndpoint, type IncomingSubscribe } from '@sfs/sip';
import { startIndicators, type RunningIndicators } from '../indicators/start-indicators.ts';
import type { CallParts, RunningCalls, StartCalls } from '../start-calls.port.ts';
import { CallDesk } from './call-desk.ts';
import { CallMetrics } from './call.metrics.ts';
import { systemClock } from '@sfs/service-host';
import { loadPrompts } from './load-prompts.ts';

/** Within the 10 s that a process has to stop; who speaks longer is cut off, and what was said is kept. */
const DRAIN_MS = 6000;

/** The telephone side: SIP, audio, dialogues and lamps. Rejects when a port is taken or a prompt is missing. */
export const startCalls: StartCalls = async (parts) => {
  const { config, host } = parts;
  const { log } = host;
  const media = await openMedia({
    host: config.SFS_HOST,
    portFrom: config.SFS_VOICEMAIL_RTP_PORTS.from,
    portTo: config.SFS_VOICEMAIL_RTP_PORTS.to,
    workers: config.SFS_VOICEMAIL_MEDIA_WORKERS,
    prompts: await loadPrompts(config.SFS_VOICEMAIL_PROMPTS_DIR),
    ...(parts.mediaWorker ? { workerUrl: parts.mediaWorker } : {}),
  });
  const metrics = new CallMetrics(host.metrics);
  const desk = new CallDesk({ ...parts, media, clock: systemClock, now: () => Date.now(), metrics, log });
  const lamps: { running?: RunningIndicators } = {};
  const endpoint = await openSipEndpoint(sipOptions(parts), {
    invite: (call) => desk.take(call),
    subscribe: (request) => (lamps.running ?? NOT_YET).subscribe(request),
    register: (number, sipDomain, expires) => lamps.running?.registered(number, sipDomain, expires),
  }).catch(async (error: unknown) => {
    await media.close();
    throw error;
  });
  const indicators = startIndicators(parts, endpoint);
  lamps.running = indicators;
  metrics.watch(media, endpoint);
  log.info({ sipPort: config.SFS_VOICEMAIL_SIP_PORT, rtpPorts: config.SFS_VOICEMAIL_RTP_PORTS, trusted: config.SFS_VOICEMAIL_SIP_TRUSTED }, 'takes calls');

  return {
    health: () => [
      { name: 'calls', ok: true, detail: `${desk.size} calls, ${media.sessions} with audio` },
      { name: 'lamps', ok: indicators.isFollowing, detail: indicators.isFollowing ? 'following kafka' : 'kafka is away: what other replicas do is told by the sweep' },
    ],
    drain: async () => {
      endpoint.drain();
      await within(DRAIN_MS, desk.idle());
    },
    stop: async () => {
      await desk.stop();
      await indicators.stop();
      await endpoint.close();
      await media.close();
    },
  } satisfies RunningCalls;
};

/** Between the first packet and the first lamp. */
const NOT_YET = { subscribe: (request: IncomingSubscribe): void => request.reject(503, 'Starting', ['Retry-After: 1']) };

function sipOptions({ config, host }: CallParts): Parameters<typeof openSipEndpoint>[0] {
  return {
    host: config.SFS_HOST,
    port: config.SFS_VOICEMAIL_SIP_PORT,
    trusted: config.SFS_VOICEMAIL_SIP_TRUSTED,
    proxy: config.SFS_VOICEMAIL_SIP_PROXY,
    userAgent: 'SFS voicemail',
    log: host.log,
    maxCalls: config.SFS_VOICEMAIL_MAX_CALLS,
  };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let cancel = (): void => undefined;
  await Promise.race([
    work,
    new Promise<void>((resolve) => {
      cancel = systemClock.after(ms, resolve);
    }),
  ]);
  cancel();
}
