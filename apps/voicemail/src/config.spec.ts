import { readFileSync } from 'node:fs';
import { readConfig, variableTable } from '@sfs/config';
import { describe, expect, it } from 'vitest';
import { configSchema, fields } from './config.ts';

const enough = { SFS_VOICEMAIL_PEPPER: Buffer.alloc(32).toString('base64') };
const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(configSchema, { ...enough, ...env });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the configuration', () => {
  it('needs nothing but the pepper', () => {
    const config = readConfig(configSchema, enough);
    expect(config.SFS_VOICEMAIL_RTP_PORTS).toEqual({ from: 20_000, to: 20_999 });
    expect(JSON.stringify(config)).not.toContain(enough.SFS_VOICEMAIL_PEPPER);
  });

  it('takes single servers, networks and ports as trusted', () => {
    const { SFS_VOICEMAIL_SIP_TRUSTED: trusted } = readConfig(configSchema, { ...enough, SFS_VOICEMAIL_SIP_TRUSTED: '10.0.0.1, 10.1.0.0/16,127.0.0.1:5060' });
    expect(trusted).toEqual(['10.0.0.1', '10.1.0.0/16', '127.0.0.1:5060']);
  });

  it.each([
    ['SFS_VOICEMAIL_RTP_PORTS', '20999-20000'],
    ['SFS_VOICEMAIL_RTP_PORTS', '80-90'],
    ['SFS_VOICEMAIL_RTP_PORTS', 'many'],
    ['SFS_VOICEMAIL_SIP_TRUSTED', 'everybody'],
    ['SFS_VOICEMAIL_SIP_PROXY', 'somewhere'],
    ['SFS_VOICEMAIL_MAX_CALLS', '0'],
    ['SFS_VOICEMAIL_PEPPER', 'c2hvcnQ='],
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
