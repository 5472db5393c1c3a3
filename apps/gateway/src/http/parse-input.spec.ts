import { routes } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { EdgeError } from './edge-error.ts';
import { parseInput, type RawInput } from './parse-input.ts';

const id = '6f1fdd0e-6c1a-4a52-9e0c-0d6c6b4f3a11';
const raw = (part: Partial<RawInput>): RawInput => ({ params: {}, query: {}, body: undefined, ...part });

function refusal(route: Parameters<typeof parseInput>[0], input: Partial<RawInput>): EdgeError {
  try {
    parseInput(route, raw(input));
  } catch (error) {
    if (error instanceof EdgeError) return error;
  }
  throw new Error('was not refused');
}

describe('parseInput', () => {
  it('fills in defaults and turns query texts into values', () => {
    expect(parseInput(routes.listUsers, raw({ query: { pageSize: '20' } })).query).toEqual({ pageSize: 20 });
    expect(parseInput(routes.importUsers, raw({ query: { dryRun: 'true' }, body: 'a,b' }))).toMatchObject({ query: { dryRun: true }, body: 'a,b' });
  });

  it('lists every fault with field, message and remedy', () => {
    const error = refusal(routes.createUser, { body: { displayName: '', email: 'nobody', siteId: 'Site A' } });
    expect(error.status).toBe(422);
    expect(error.rest.issues?.map(({ field }) => field)).toEqual(['displayName', 'email', 'siteId']);
    expect(error.rest.issues?.every(({ message, remedy }) => message !== '' && remedy !== undefined)).toBe(true);
  });

  it('says which field is missing', () => {
    expect(refusal(routes.createUser, { body: { displayName: 'Ada' } }).rest).toMatchObject({ field: 'siteId', issues: [{ field: 'siteId', message: 'is missing', remedy: 'Send this field.' }] });
    expect(refusal(routes.createUser, { body: undefined }).rest.issues?.[0]).toMatchObject({ field: 'body', message: 'is missing' });
  });

  it('answers 400 when the URL has a fault', () => {
    expect(refusal(routes.getUser, { params: { id: 'x' } })).toMatchObject({ status: 400, rest: { field: 'id' } });
    expect(refusal(routes.listUsers, { query: { pageSize: '1000000' } })).toMatchObject({ status: 400, rest: { field: 'pageSize' } });
    expect(refusal(routes.listUsers, { query: { q: ['a', 'b'] } })).toMatchObject({ status: 400, rest: { field: 'q' } });
  });

  it('refuses digits of other scripts and numbers of 10,000 digits', () => {
    for (const number of ['١٠٠١', '１００１', '1'.repeat(10_000)]) {
      const error = refusal(routes.createNumber, { params: { switchId: 'site-a' }, body: { number } });
      expect(error.rest).toMatchObject({ field: 'number', issues: [{ message: '1 to 32 of 0-9, * and #, with an optional leading +' }] });
    }
  });

  it('refuses a misspelt field, at any depth', () => {
    expect(refusal(routes.putTenantCallSettings, { body: { fowardAll: { kind: 'off' } } }).rest).toMatchObject({ field: 'fowardAll', issues: [{ message: 'is not known here' }] });
    const action = { kind: 'block', cod: 404 };
    expect(refusal(routes.putPartition, { params: { switchId: 'site-a', id: 'p' }, body: { name: 'P', patterns: ['1'], action } }).rest.field).toBe('action.cod');
    expect(refusal(routes.listUsers, { query: { pagesize: '5' } }).rest.field).toBe('pagesize');
  });

  it('says what is wrong with a key of a map', () => {
    expect(refusal(routes.putTenantDeviceSettings, { body: { vendorParameters: { 'a b': '1' } } }).rest).toMatchObject({ field: 'vendorParameters.a b', issues: [{ message: '1 to 128 of A-Z a-z 0-9 _ . / -' }] });
  });

  it('takes a MAC in any notation as one, and names it when it is none', () => {
    for (const mac of ['001565aa0001', '00:15:65:AA:00:01', '00-15-65-aa-00-01', '0015.65AA.0001']) expect(parseInput(routes.getDevice, raw({ params: { mac } })).params).toEqual({ mac: '001565aa0001' });
    for (const mac of ['001565aa000', '001565aa00011', '001565aa000g', '../../etc', '٠٠1565aa0001', '00::15:65:aa:00:01', '']) {
      expect(refusal(routes.getDevice, { params: { mac } }), mac).toMatchObject({ status: 400, rest: { field: 'mac' } });
    }
    expect(refusal(routes.createDevice, { body: { mac: '001565' } })).toMatchObject({ status: 422, rest: { field: 'mac' } });
  });

  it('takes a POST without a body when every field is optional, but no such PUT', () => {
    expect(parseInput(routes.setSipPassword, raw({ params: { switchId: 'site-a', number: '1001' } })).body).toEqual({});
    expect(refusal(routes.putTenantCallSettings, { body: undefined }).rest.field).toBe('body');
  });

  it('takes back what GET has answered, and ignores what is read only', () => {
    const body = { meta: { version: 1, tag: 't', changedAt: '', actor: '' }, id, displayName: 'Ada', email: '', siteId: 'site-a', callingProfileId: '', numbers: [] };
    expect(parseInput(routes.updateUser, raw({ params: { id }, body })).body).toEqual({ displayName: 'Ada', email: '', siteId: 'site-a', callingProfileId: '' });
  });
});
