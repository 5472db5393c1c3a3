import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { eventually, freePorts, startProcess } from '@sfs/testing';
import { environmentOf } from '../../../tools/stack/service-environment.ts';
import { httpUrl, switchName, type StackLayout } from '../../../tools/stack/layout.ts';
import { paths } from '../../../tools/stack/paths.ts';
import { ask } from './decisions.ts';

export interface ExtraReplica {
  readonly door: string;
  stop(): Promise<void>;
}

/** A dial-plan process with an empty disk whose stores are not there: alive, and unable to decide. */
export async function startEmptyReplica(layout: StackLayout): Promise<ExtraReplica> {
  const [http = 0, grpc = 0, management = 0, nothing = 0] = await freePorts(4);
  const folder = mkdtempSync(`${tmpdir()}/sfs-empty-`);
  const env = {
    ...environmentOf('dial-plan-B', layout),
    SFS_INSTANCE: 'empty',
    SFS_DIALPLAN_HTTP_PORT: String(http),
    SFS_DIALPLAN_GRPC_PORT: String(grpc),
    SFS_MANAGEMENT_PORT: String(management),
    SFS_DIALPLAN_SNAPSHOT_DIR: folder,
    SFS_DIALPLAN_ADAPTERS: '',
    SFS_CASSANDRA_CONTACT_POINTS: `127.0.0.1:${nothing}`,
    SFS_KAFKA_BROKERS: `127.0.0.1:${nothing}`,
    SFS_DIALPLAN_PROVISIONING: `127.0.0.1:${nothing}`,
  };
  const replica = startProcess(process.execPath, [`${paths.apps}/dial-plan/main.js`], { env: { PATH: process.env['PATH'], ...env } });
  const door = `${httpUrl(http)}/${switchName}`;
  await eventually('the empty replica answers', () => ask(door, '', 'GET'), 20_000);
  return {
    door,
    async stop() {
      await replica.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
