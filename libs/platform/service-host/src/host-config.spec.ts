import { describe, expect, it } from 'vitest';
import { readConfig } from '@sfs/config';
import { hostConfig, refuseOpenDoors } from './host-config.ts';

const schema = hostConfig.superRefine(refuseOpenDoors);

describe('hostConfig', () => {
  it('binds to loopback without a token', () => {
    expect(readConfig(schema, {})).toMatchObject({ SFS_HOST: '127.0.0.1', SFS_SITE: 'site-a', SFS_INSTANCE: 'A' });
  });

  it('refuses a bind that others can reach without a token', () => {
    expect(() => readConfig(schema, { SFS_HOST: '0.0.0.0' })).toThrow('SFS_SERVICE_TOKEN: is required because SFS_HOST=0.0.0.0 is not loopback');
    expect(readConfig(schema, { SFS_HOST: '0.0.0.0', SFS_SERVICE_TOKEN: 't' }).SFS_SERVICE_TOKEN?.reveal()).toBe('t');
  });
});
