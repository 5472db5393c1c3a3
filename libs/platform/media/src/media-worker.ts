import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerSetup } from './messages.ts';
import { SessionTable } from './session-table.ts';

// Imports files of this lib only: it runs from the source tree as it is, and bundled.
const setup = workerData as WorkerSetup;
const tell = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);
const sessions = new SessionTable(setup, (session, report, transfer) => tell({ session, report }, transfer));

// After the sockets were read: packets that came before a command belong before it.
parentPort?.on('message', (message: ToWorker) => setImmediate(obey, message));

function obey(message: ToWorker): void {
  if ('statsOf' in message) {
    const { user, system } = process.threadCpuUsage();
    tell({ statsOf: message.statsOf, stats: { spacing: sessions.spacing.counts, cpuMicros: user + system } });
  } else {
    void sessions.obey(message.session, message.command);
  }
}
