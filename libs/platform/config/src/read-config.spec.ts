import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, readConfig } from './read-config.ts';
import { Secret, secret, secretKey } from './secret.ts';
import { flag, list, mapping, port, redacted, variableTable } from './variables.ts';

const schema = z.object({
  SFS_PORT: port(8080).describe('the door'),
  SFS_NAMES: list,
  SFS_TARGETS: mapping,
  SFS_ON: flag(false),
  SFS_PEPPER: secret,
  SFS_KEY: secretKey(32).optional(),
});

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(schema, env);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.faults : ['another error'];
  }
};

describe('readConfig', () => {
  it('reads values and fills in defaults', () => {
    const config = readConfig(schema, { SFS_PEPPER: 'p', SFS_NAMES: ' a, b,', SFS_TARGETS: 'site-a=http://h:1/x=y', SFS_ON: 'true' });
    expect(config).toMatchObject({ SFS_PORT: 8080, SFS_NAMES: ['a', 'b'], SFS_ON: true });
    expect(config.SFS_TARGETS.get('site-a')).toBe('http://h:1/x=y');
    expect(config.SFS_PEPPER.reveal()).toBe('p');
  });

  it('takes an empty variable as absent', () => {
    expect(readConfig(schema, { SFS_PORT: '', SFS_PEPPER: 'p' }).SFS_PORT).toBe(8080);
  });

  it('names all faults at once and repeats no value', () => {
    const faults = faultsOf({ SFS_PORT: '99999', SFS_ON: 'yes', SFS_TARGETS: 'nonsense', SFS_KEY: 'c2VjcmV0' });
    expect(faults).toEqual([
      'SFS_PORT: must be a port',
      'SFS_TARGETS: must be NAME=VALUE, separated by commas',
      'SFS_ON: must be true or false',
      expect.stringMatching(/^SFS_PEPPER: is missing/),
      expect.stringMatching(/^SFS_KEY: must be base64 of exactly 32 bytes/),
    ]);
    expect(faults.join()).not.toContain('c2VjcmV0');
  });
});

describe('Secret', () => {
  it('is shown by no way of printing', () => {
    const shy = new Secret('hidden');
    expect(`${shy} ${JSON.stringify({ shy })} ${inspect(shy, { showHidden: true, depth: 9 })}`).not.toContain('hidden');
    expect(String(shy)).toBe('***');
    expect(redacted({ a: shy, b: new Map([['x', 'y']]) })).toEqual({ a: '***', b: { x: 'y' } });
  });
});

describe('variableTable', () => {
  it('shows name, default and meaning of each variable', () => {
    expect(variableTable(schema)).toContain('| `SFS_PORT` | `8080` | the door |');
    expect(variableTable(schema)).toContain('| `SFS_ON` | `false` |');
  });
});
