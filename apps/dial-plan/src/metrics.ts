import { Counter, Gauge, type Registry } from 'prom-client';
import type { StateParts } from './health.ts';

/** Read when somebody scrapes; nothing is computed between two scrapes. */
export function exposeState({ projection, ticks, recorder, adapters, snapshot }: StateParts, registry: Registry): void {
  const gauge = (name: string, help: string, labelNames: string[], fill: (metric: Gauge) => void): void => {
    new Gauge({ name, help, labelNames, registers: [registry], collect() { this.reset(); fill(this); } });
  };
  const counter = (name: string, help: string, value: () => number): void => {
    new Counter({ name, help, registers: [registry], collect() { this.reset(); this.inc(value()); } });
  };
  gauge('sfs_dialplan_staleness_seconds', 'Age of the last tick of each source; -1 = never heard', ['owner', 'site'], (metric) => {
    for (const [source, age] of ticks.ages(Date.now())) {
      const [owner = '', site = ''] = source.split('@');
      metric.set({ owner, site }, age < 0 ? -1 : age / 1000);
    }
  });
  gauge('sfs_dialplan_from_snapshot', '1 while the state comes from the disk and no owner has been asked yet', [], (metric) => metric.set(ticks.loadedFrom === 'snapshot' ? 1 : 0));
  gauge('sfs_dialplan_deciding', '1 when calls of the switch are decided', ['switch', 'revision'], (metric) => {
    for (const { switchId } of projection.switches()) {
      const at = projection.find(switchId);
      metric.set({ switch: switchId, revision: at?.revision ?? '' }, at ? 1 : 0);
    }
  });
  gauge('sfs_dialplan_plan_broken', '1 when the newest plan does not compile and the one before is live', ['switch'], (metric) => {
    for (const { switchId, broken } of projection.switches()) metric.set({ switch: switchId }, broken ? 1 : 0);
  });
  gauge('sfs_dialplan_directory_numbers', 'Numbers known of the switch', ['switch'], (metric) => {
    for (const { switchId, directory } of projection.switches()) metric.set({ switch: switchId }, directory?.size ?? 0);
  });
  gauge('sfs_dialplan_adapter_connected', '1 while the proxy is connected', ['switch'], (metric) => {
    for (const adapter of adapters) metric.set({ switch: adapter.switchId }, adapter.connected ? 1 : 0);
  });
  counter('sfs_dialplan_adapter_answers_total', 'Plans given over the adapter', () => adapters.reduce((sum, adapter) => sum + adapter.answered, 0));
  counter('sfs_dialplan_healed_total', 'States that a repeated load brought and no event had', () => projection.healed);
  counter('sfs_dialplan_compiled_total', 'Plans compiled', () => projection.compiled);
  gauge('sfs_dialplan_records_waiting', 'Decision records not stored yet', [], (metric) => metric.set(recorder.waiting));
  counter('sfs_dialplan_records_saved_total', 'Decision records stored', () => recorder.saved);
  counter('sfs_dialplan_records_dropped_total', 'Decision records lost because the store was away too long', () => recorder.dropped);
  counter('sfs_dialplan_snapshots_refused_total', 'Damaged snapshots found at start', () => snapshot?.store.refused ?? 0);
  counter('sfs_dialplan_snapshots_written_total', 'Snapshots written', () => snapshot?.store.written ?? 0);
}
