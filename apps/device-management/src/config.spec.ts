import { readFileSync } from 'node:fs';
import { readConfig, variableTable } from '@sfs/config';
import { describe, expect, it } from 'vitest';
import { configSchema, fields } from './config.ts';

const enough = { SFS_DEVICES_CREDENTIAL_KEY: Buffer.alloc(32).toString('base64') };
const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(configSchema, { ...enough, ...env });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the configuration', () => {
  it('needs nothing but the key, and shows no secret', () => {
    const config = readConfig(configSchema, { ...enough, SFS_DEVICES_PROVISIONING_CREDENTIAL_TOKEN: 'of-the-door' });
    expect(config.SFS_DEVICES_PUBLIC_URL).toBe('http://127.0.0.1:8803/fs/dm/prov');
    expect(JSON.stringify(config)).not.toMatch(new RegExp(`${enough.SFS_DEVICES_CREDENTIAL_KEY}|of-the-door`));
  });

  it.each([
    ['SFS_DEVICES_PUBLIC_URL', 'https://phones.example/fs/dm/prov/'],
    ['SFS_DEVICES_PUBLIC_URL', 'phones.example'],
    ['SFS_DEVICES_PUBLIC_URL', 'http://phones.example/fs?x=1'],
    ['SFS_DEVICES_SIP_TRUSTED', 'everybody'],
    ['SFS_DEVICES_SIP_PROXY', 'somewhere'],
    ['SFS_DEVICES_SWEEP_LIMIT', '0'],
    ['SFS_DEVICES_MAX_REQUESTS', 'many'],
    ['SFS_DEVICES_CREDENTIAL_KEY', 'c2hvcnQ='],
  ])('names %s=%s as the fault', (name, value) => {
    expect(faultsOf({ [name]: value })).toContain(name);
  });

  it('wants a token off loopback', () => {
    expect(faultsOf({ SFS_HOST: '10.0.0.7' })).toContain('SFS_SERVICE_TOKEN');
  });

  it('is the table of the README', () => {
    expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(variableTable(fields));
  });
});
