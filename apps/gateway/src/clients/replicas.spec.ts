import { DomainError } from '@sfs/kernel';
import { describe, expect, it } from 'vitest';
import { Replicas } from './replicas.ts';

const none = new DomainError('unavailable', 'dial-plan/no-replica', 'none is configured');
const replicas = (...addresses: string[]) => new Replicas(addresses.map((address) => ({ address })), () => none);
const away = new DomainError('unavailable', 'grpc/unreachable', 'away');
const silent = new DomainError('unavailable', 'grpc/deadline', 'silent', { outcomeUnknown: true });

/** Answers its own address, or what is planned for it. */
function asking(failures: Record<string, DomainError>) {
  const asked: string[] = [];
  const work = async ({ address }: { address: string }): Promise<string> => {
    asked.push(address);
    const failure = failures[address];
    if (failure) throw failure;
    return address;
  };
  return { asked, work };
}

describe('Replicas', () => {
  it('ask the next one when one cannot be reached, and that one first from then on', async () => {
    const sut = replicas('a', 'b');
    const { asked, work } = asking({ a: away });
    await expect(sut.read(work)).resolves.toBe('b');
    await expect(sut.read(work)).resolves.toBe('b');
    expect(asked).toEqual(['a', 'b', 'b']);
  });

  it('do not repeat a write that may have been done', async () => {
    const sut = replicas('a', 'b');
    await expect(sut.write(asking({ a: silent }).work)).rejects.toBe(silent);
    await expect(sut.write(asking({ a: away }).work)).resolves.toBe('b');
    await expect(sut.read(asking({ b: silent }).work)).resolves.toBe('a');
  });

  it('pass on a refusal at once', async () => {
    const refusal = new DomainError('invalid', 'plan/emergency-shadowed', 'refused');
    const { asked, work } = asking({ a: refusal });
    await expect(replicas('a', 'b').read(work)).rejects.toBe(refusal);
    expect(asked).toEqual(['a']);
  });

  it('say so when nobody answers or nobody is configured', async () => {
    await expect(replicas('a', 'b').read(asking({ a: away, b: away }).work)).rejects.toBe(away);
    await expect(replicas().read(asking({}).work)).rejects.toBe(none);
  });
});
