import type { Logger } from 'pino';

/** What the driver (4.10) keeps of its control connection; private there, so the spec of this file looks whether it is still so. */
interface ControlConnection {
  _refresh(hosts?: Iterator<unknown>): Promise<void>;
}

const AGAIN_MS = 500;

/**
 * Looks for a new control connection once at a time, and once more when one was lost meanwhile. The driver sets its listeners twice when it comes back by its contact points; at the next loss it then
 * looks for a connection twice at the same time, each run takes the other's connection away, and an error that nobody catches ends the process.
 *
 *   lost ── refresh A: connection = null ── acquires ── asks for peers ──────────── this.connection.endpoint: null
 *   lost ── refresh B: ──────────────────────────── connection = null ── acquires
 *
 * A run that goes on with its own list of hosts is part of the one that began it. One that fails in an unforeseen way is logged and tried again.
 */
export function steadyControlConnection(client: object, log: Logger | undefined): void {
  const control = (client as { readonly controlConnection: ControlConnection }).controlConnection;
  const refresh = control._refresh.bind(control);
  let running: Promise<void> | undefined;
  let lostMeanwhile = false;
  const attempt = async (): Promise<void> => {
    try {
      await refresh();
    } catch (error) {
      log?.warn({ err: error }, 'the control connection to cassandra could not be renewed, trying again');
      setTimeout(() => void control._refresh(), AGAIN_MS).unref();
    }
  };
  const untilSteady = async (): Promise<void> => {
    do {
      lostMeanwhile = false;
      await attempt();
    } while (lostMeanwhile);
    running = undefined;
  };
  control._refresh = (hosts) => {
    if (hosts !== undefined) return refresh(hosts);
    if (running) lostMeanwhile = true;
    else running = untilSteady();
    return running ?? Promise.resolve();
  };
}
