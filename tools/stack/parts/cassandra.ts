import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { Client } from 'cassandra-driver';
import { findJava17 } from '../java.ts';
import { ensureJars, jarFolder } from '../jars.ts';
import type { Part } from '../part.ts';
import { paths } from '../paths.ts';
import { canConnect } from '../probe.ts';
import { renderFile } from '../render-template.ts';

export interface CassandraOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly storagePort: number;
  readonly sslStoragePort: number;
  readonly dc: string;
  /** durable: what is acknowledged survives a power cut; quick: survives a kill; scratch: for a node that is never started again */
  readonly commitLog: 'durable' | 'quick' | 'scratch';
}

const address = '127.0.0.1';
const source = `${paths.deploy}/local/cassandra`;
const periodic = 'commitlog_sync: periodic\ncommitlog_sync_period: 1000ms';
const commitLogs = { durable: 'commitlog_sync: batch', quick: periodic, scratch: periodic };
// Tables are made several times quicker without a flush of the system tables for each, but a killed node then forgets them.
const extraArgs = { durable: [], quick: [], scratch: ['-Dcassandra.unsafesystem=true'] };

export function cassandraPart(options: CassandraOptions): Part {
  return {
    name: 'cassandra',
    readyLimitMs: 240_000,
    stopLimitMs: 15_000,
    async prepare() {
      await ensureJars('cassandra');
      const conf = `${options.dataDir}/conf`;
      mkdirSync(conf, { recursive: true });
      renderFile(`${source}/cassandra.yaml`, `${conf}/cassandra.yaml`, {
        dataDir: options.dataDir,
        address,
        nativePort: options.port,
        storagePort: options.storagePort,
        sslStoragePort: options.sslStoragePort,
        commitlogSync: commitLogs[options.commitLog],
      });
      renderFile(`${source}/cassandra-rackdc.properties`, `${conf}/cassandra-rackdc.properties`, { dc: options.dc });
      copyFileSync(`${source}/logback.xml`, `${conf}/logback.xml`);
      return { file: await findJava17(), args: javaArgs(options.dataDir, conf, extraArgs[options.commitLog]) };
    },
    isReady: () => answers(options.port, options.dc),
  };
}

function javaArgs(dataDir: string, conf: string, extra: readonly string[]): string[] {
  const lines = readFileSync(`${source}/jvm.options`, 'utf8').split('\n');
  return [
    ...lines.filter((line) => line.startsWith('-')),
    ...extra,
    '-Xms512m',
    '-Xmx512m',
    `-Dcassandra.config=file://${conf}/cassandra.yaml`,
    `-Dcassandra.storagedir=${dataDir}`,
    `-Dlogback.configurationFile=file://${conf}/logback.xml`,
    '-cp',
    `${conf}:${jarFolder('cassandra')}/*`,
    'org.apache.cassandra.service.CassandraDaemon',
  ];
}

/** The port opens before the node serves, so a query is the proof. */
async function answers(port: number, dc: string): Promise<boolean> {
  if (!(await canConnect(port))) return false;
  const client = new Client({ contactPoints: [`${address}:${port}`], localDataCenter: dc });
  try {
    await client.execute('SELECT key FROM system.local');
    return true;
  } catch {
    return false;
  } finally {
    await client.shutdown().catch(() => undefined);
  }
}
