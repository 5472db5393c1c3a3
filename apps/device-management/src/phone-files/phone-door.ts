import type { Logger } from 'pino';
import type { Facts } from '../facts/facts.port.ts';
import type { PhoneDoorParts, RunningPhoneDoor } from '../phone-door.port.ts';
import { PhoneFilesCounters } from './phone-files.counters.ts';
import { PhoneFilesDoor } from './phone-files.http.ts';
import { exposePhoneFiles } from './phone-files.metrics.ts';
import { PhoneFilesService } from './phone-files.service.ts';
import { SweepLog } from './sweep-log.ts';
import { SweepWatch } from './sweep-watch.ts';

const REPORT_MS = 10_000;

/** Opens the door for phones. Rejects when the port is taken. */
export async function startPhoneDoor({ config, host, packs, known, enrolment, facts, configurations }: PhoneDoorParts): Promise<RunningPhoneDoor> {
  const sweeps = new SweepWatch({ limit: config.SFS_DEVICES_SWEEP_LIMIT });
  const counters = new PhoneFilesCounters();
  const files = new PhoneFilesService({ packs, known, enrolment, facts, configurations, sweeps, credentialKey: config.SFS_DEVICES_CREDENTIAL_KEY, log: host.log });
  const door = new PhoneFilesDoor({ files, counters, log: host.log, maxRequests: config.SFS_DEVICES_MAX_REQUESTS, proxies: config.SFS_DEVICES_PROXIES });
  exposePhoneFiles({ counters, sweeps, inProgress: () => door.inProgress }, host.metrics);
  const address = await door.listen(config.SFS_DEVICES_HTTP_HOST ?? config.SFS_HOST, config.SFS_DEVICES_HTTP_PORT);
  const reporting = reportSweeps(sweeps, facts, host.log);
  let draining = false;
  return {
    address,
    health: () => [{ name: 'phone-files', ok: !draining && known.isLoaded, detail: draining ? 'draining' : known.isLoaded ? `${door.inProgress} requests in progress` : 'devices are not read yet: own files are answered 503' }],
    drain: () => {
      draining = true;
      return door.drain();
    },
    stop: () => {
      clearInterval(reporting);
      return door.stop();
    },
  };
}

function reportSweeps(sweeps: SweepWatch, facts: Facts, log: Logger): NodeJS.Timeout {
  const lines = new SweepLog(log);
  return setInterval(() => {
    for (const sweep of sweeps.report()) {
      facts.swept(sweep);
      lines.note(sweep);
    }
    lines.flush(Date.now());
  }, REPORT_MS).unref();
}
