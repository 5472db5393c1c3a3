import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { findJava17 } from '../java.ts';
import { ensureJars, jarFolder } from '../jars.ts';
import type { Part } from '../part.ts';
import { paths } from '../paths.ts';
import { canConnect } from '../probe.ts';
import { renderFile } from '../render-template.ts';
import { runCommand } from '../run-command.ts';
import { StackError } from '../stack-error.ts';

export interface KafkaOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
}

const address = '127.0.0.1';
const source = `${paths.deploy}/local/kafka`;
const small = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${source}/log4j2.properties`];
const classPath = (): string[] => ['-cp', `${jarFolder('kafka')}/*`];

export function kafkaPart(options: KafkaOptions): Part {
  return {
    name: 'kafka',
    readyLimitMs: 120_000,
    stopLimitMs: 10_000,
    async prepare() {
      await ensureJars('kafka');
      const java = await findJava17();
      const properties = `${options.dataDir}/server.properties`;
      const logDir = `${options.dataDir}/data`;
      mkdirSync(logDir, { recursive: true });
      renderFile(`${source}/server.properties`, properties, {
        address,
        port: options.port,
        controllerPort: options.controllerPort,
        dataDir: logDir,
      });
      if (!existsSync(`${logDir}/meta.properties`)) await format(java, properties);
      return { file: java, args: ['-Xms192m', '-Xmx256m', ...small, ...classPath(), 'kafka.Kafka', properties] };
    },
    isReady: () => answers(options.port),
  };
}

async function format(java: string, properties: string): Promise<void> {
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'x');
  const { code, output } = await runCommand(java, [...small, ...classPath(), 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties, '--ignore-formatted']);
  if (code !== 0) throw new StackError(`Kafka's storage could not be formatted: ${output.trim().slice(-500)}`);
}

async function answers(port: number): Promise<boolean> {
  if (!(await canConnect(port))) return false;
  const kafka = new Kafka({ brokers: [`${address}:${port}`], logLevel: logLevel.NOTHING, connectionTimeout: 2_000, requestTimeout: 3_000, retry: { retries: 0 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
