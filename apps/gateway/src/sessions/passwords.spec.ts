import { describe, expect, it } from 'vitest';
import { PASSWORD_RULES, Passwords } from './passwords.ts';

const sut = new Passwords('a pepper of sixteen');

describe('Passwords', () => {
  it('hashes as argon2id PHC string, salted', async () => {
    const [one, two] = [await sut.hash('secret'), await sut.hash('secret')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
  });

  it('verifies with the pepper only', async () => {
    const stored = await sut.hash('secret');
    await expect(sut.verify('secret', stored)).resolves.toBe(true);
    await expect(sut.verify('Secret', stored)).resolves.toBe(false);
    await expect(new Passwords('another pepper here').verify('secret', stored)).resolves.toBe(false);
  });

  it('takes the same password typed in another composition', async () => {
    await expect(sut.verify('cafe\u0301', await sut.hash('caf\u00e9'))).resolves.toBe(true);
  });

  it('does the same work when there is nothing to compare with', async () => {
    const stored = await sut.hash('secret');
    await sut.verify('warm up', undefined);
    const cpuOf = async (hash: string | undefined): Promise<number> => {
      const before = process.cpuUsage();
      await sut.verify('wrong', hash);
      return process.cpuUsage(before).user;
    };
    const [known, unknown] = [await cpuOf(stored), await cpuOf(undefined)];
    expect(unknown).toBeGreaterThan(known / 4);
    await expect(sut.verify('wrong', undefined)).resolves.toBe(false);
  });

  it('refuses a flood instead of queueing it', async () => {
    const narrow = new Passwords('a pepper of sixteen', { ...PASSWORD_RULES, memory: 64, atOnce: 1, waiting: 2 });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => narrow.verify('wrong', undefined)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ reason: { kind: 'exhausted', code: 'sessions/busy' } });
    await expect(narrow.verify('wrong', undefined)).resolves.toBe(false);
  });
});
