import { Gauge, type Registry } from 'prom-client';
import type { DepositsService } from './deposits/deposits.service.ts';

export function watchVoicemail(metrics: Registry, deposits: Pick<DepositsService, 'status'>): void {
  const registers = [metrics];
  new Gauge({ name: 'sfs_voicemail_deposits_live', help: 'messages being spoken', registers, collect() { this.set(deposits.status.live); } });
  new Gauge({ name: 'sfs_voicemail_spool_pending', help: 'messages that are in the spool only', registers, collect() { this.set(deposits.status.pending); } });
  new Gauge({ name: 'sfs_voicemail_spool_failing', help: '1: the spool folder takes nothing', registers, collect() { this.set(deposits.status.spoolFailure === '' ? 0 : 1); } });
}
