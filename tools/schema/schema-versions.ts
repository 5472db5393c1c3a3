import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { StackError } from '../stack/stack-error.ts';
import { paths } from '../stack/paths.ts';
import { faultOf, splitStatements } from './cql-text.ts';

export interface SchemaVersion {
  readonly version: number;
  /** code written for this version still works with the keyspace */
  readonly minimumCompatible: number;
  readonly description: string;
  readonly statements: readonly string[];
  readonly checksum: string;
}

export const schemaOwners = ['provisioning', 'dial-plan', 'voicemail', 'device-management', 'gateway'] as const;
export type SchemaOwner = (typeof schemaOwners)[number];

export const defaultKeyspaces: Readonly<Record<SchemaOwner, string>> = {
  provisioning: 'sfs_provisioning',
  'dial-plan': 'sfs_dialplan',
  voicemail: 'sfs_voicemail',
  'device-management': 'sfs_devices',
  gateway: 'sfs_gateway',
};

/** The versions of an app in order, each checked: numbered without a gap, repeatable, additive, fit for Cassandra 4.1. */
export function readVersions(owner: SchemaOwner): SchemaVersion[] {
  const folder = `${paths.root}/apps/${owner}/schema`;
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^v\d{4}$/.test(name)).sort();
  return names.map((name, index) => readVersion(`${folder}/${name}`, index + 1));
}

/** The readable snapshot: what all versions together make. */
export function readSnapshot(owner: SchemaOwner): string[] | undefined {
  const file = `${paths.root}/apps/${owner}/schema/schema.cql`;
  return existsSync(file) ? splitStatements(readCql(file)) : undefined;
}

function readVersion(folder: string, expected: number): SchemaVersion {
  const manifest = parseManifest(`${folder}/manifest.json`);
  const number = Number(folder.slice(-4));
  if (number !== expected) throw new StackError(`${folder}: version ${expected} is missing before it`);
  if (manifest.version !== number) throw new StackError(`${folder}/manifest.json: version is ${manifest.version}, the folder says ${number}`);
  if (manifest.minimumCompatible > number) throw new StackError(`${folder}/manifest.json: minimumCompatible is above version`);
  const text = readCql(`${folder}/up.cql`);
  const statements = splitStatements(text);
  for (const statement of statements) {
    const fault = faultOf(statement);
    if (fault) throw new StackError(`${folder}/up.cql: ${fault}: ${statement.slice(0, 80)}`);
  }
  return { ...manifest, statements, checksum: createHash('sha256').update(statements.join(';\n')).digest('hex') };
}

function parseManifest(file: string): { version: number; minimumCompatible: number; description: string } {
  const { version, minimumCompatible, description } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  if (!Number.isInteger(version) || !Number.isInteger(minimumCompatible) || typeof description !== 'string') {
    throw new StackError(`${file}: needs version, minimumCompatible (whole numbers) and description`);
  }
  return { version: Number(version), minimumCompatible: Number(minimumCompatible), description };
}

/** A line `-- @include PATH` (from the checkout's root) stands for that file: tables that every owner has are written once. */
function readCql(file: string): string {
  return readFileSync(file, 'utf8').replace(/^-- @include (\S+)$/gm, (_, path: string) => readFileSync(`${paths.root}/${path}`, 'utf8'));
}
