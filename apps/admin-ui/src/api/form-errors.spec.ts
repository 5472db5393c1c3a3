import { deviceSettings, writeDeviceProfile } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { schemaErrors } from './form-errors.ts';

describe('faults of a form', () => {
  it('says limits in words instead of the schema library\'s', () => {
    expect(schemaErrors(deviceSettings, { registerSeconds: 30, checkMinutes: 2000 })).toEqual({ registerSeconds: '60 or more.', checkMinutes: '1440 or less.' });
    expect(schemaErrors(deviceSettings, { registerSeconds: Number.NaN })).toEqual({ registerSeconds: 'Enter a number.' });
    expect(schemaErrors(writeDeviceProfile, { name: 'x'.repeat(129) })).toEqual({ name: 'At most 128 characters.' });
  });

  it('keeps the words of the contract', () => {
    expect(schemaErrors(deviceSettings, { outboundProxy: 'a b' })).toEqual({ outboundProxy: 'HOST or HOST:PORT, or empty.' });
  });
});
