import { describe, expect, it } from 'vitest';
import { SignInLimit } from './sign-in-limit.ts';

function setUp() {
  const clock = { now: 0 };
  return { clock, sut: new SignInLimit({ perLogin: 2, perAddress: 3, windowMs: 1000 }, () => clock.now) };
}

describe('SignInLimit', () => {
  it('counts attempts before they are checked, so that many at once do not slip through', () => {
    const { sut } = setUp();
    sut.begin('ada', 'a');
    sut.begin('ada', 'b');
    expect(() => sut.begin('ada', 'c')).toThrow(expect.objectContaining({ kind: 'exhausted' }));
  });

  it('limits an address that tries many logins', () => {
    const { sut } = setUp();
    for (const login of ['a', 'b', 'c']) sut.begin(login, 'here');
    expect(() => sut.begin('d', 'here')).toThrow();
    expect(() => sut.begin('d', 'there')).not.toThrow();
  });

  it('forgets the failures of a login that succeeds, and forgives the address its success', () => {
    const { sut } = setUp();
    for (let round = 0; round < 10; round += 1) {
      sut.begin('ada', 'here');
      sut.succeeded('ada', 'here');
    }
    expect(() => sut.begin('ada', 'here')).not.toThrow();
  });

  it('begins anew after the window', () => {
    const { sut, clock } = setUp();
    sut.begin('ada', 'a');
    sut.begin('ada', 'a');
    clock.now = 1000;
    expect(() => sut.begin('ada', 'a')).not.toThrow();
  });
});
