import { Metadata } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { contextOf, metadataOf } from './call-context.ts';

describe('call context', () => {
  it('goes there and back, with any letters in the actor', () => {
    const context = { tenant: 'default', requestId: 'r-1', actor: 'Zoë 山 %' };
    expect(contextOf(metadataOf(context, 't'))).toEqual(context);
  });

  it.each([['missing', undefined], ['hostile', '../x'], ['upper case', 'Default']])('refuses a %s tenant', (_name, tenant) => {
    const metadata = new Metadata();
    if (tenant) metadata.set('sfs-tenant', tenant);
    expect(() => contextOf(metadata)).toThrow('names no tenant');
  });

  it('replaces an unusable request id and bounds the actor', () => {
    const metadata = metadataOf({ tenant: 'default', requestId: 'x'.repeat(500), actor: 'a'.repeat(500) });
    expect(contextOf(metadata).requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(contextOf(metadata).actor).toHaveLength(200);
  });
});
