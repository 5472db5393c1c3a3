import { describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import { Envelope } from './envelope.ts';

const key = (byte: number): Secret => new Secret(Buffer.alloc(32, byte).toString('base64'));

describe('Envelope', () => {
  const envelope = new Envelope(key(1));

  it('opens what it sealed, which looks different each time', () => {
    const [one, two] = [envelope.seal('päss', 'a'), envelope.seal('päss', 'a')];
    expect(one).not.toBe(two);
    expect(envelope.open(one, 'a')).toBe('päss');
  });

  it('opens nothing with another key, in another place or changed', () => {
    const sealed = envelope.seal('password', 'a');
    const changed = Buffer.from(sealed, 'base64');
    changed[15] = (changed[15] ?? 0) ^ 1;
    expect(() => new Envelope(key(2)).open(sealed, 'a')).toThrow();
    expect(() => envelope.open(sealed, 'b')).toThrow();
    expect(() => envelope.open(changed.toString('base64'), 'a')).toThrow();
    expect(() => envelope.open('AA==', 'a')).toThrow('unknown format');
  });
});
