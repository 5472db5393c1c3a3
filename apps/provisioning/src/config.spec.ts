import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, variableTable } from '@sfs/config';
import { configSchema } from './config.ts';

const KEY = Buffer.alloc(32).toString('base64');
const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(configSchema, env);
    return '';
  } catch (error) {
    return error instanceof ConfigError ? error.message : String(error);
  }
};

describe('configuration', () => {
  it('needs nothing but the envelope key', () => {
    expect(readConfig(configSchema, { SFS_PROVISIONING_ENVELOPE_KEY: KEY })).toMatchObject({ SFS_PROVISIONING_GRPC_PORT: 50051, SFS_MANAGEMENT_PORT: 9091 });
    expect(faultsOf({})).toContain('SFS_PROVISIONING_ENVELOPE_KEY: is missing');
  });

  it('refuses what contradicts itself', () => {
    const env = { SFS_PROVISIONING_ENVELOPE_KEY: KEY };
    expect(faultsOf({ ...env, SFS_HOST: '0.0.0.0' })).toContain('SFS_SERVICE_TOKEN: is required');
    expect(faultsOf({ ...env, SFS_FAILPOINT: 'after-write' })).toContain('SFS_FAILPOINT: kills the process on purpose');
    expect(faultsOf({ ...env, SFS_PROVISIONING_REGISTRARS: 'site-a=nonsense' })).toContain('the door of site-a is no URL');
  });

  it('is the table of the README', () => {
    expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(variableTable(configSchema));
  });
});
