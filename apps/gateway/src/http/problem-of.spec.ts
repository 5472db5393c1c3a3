import { DomainError, type ErrorKind } from '@sfs/kernel';
import { problem } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { EdgeError } from './edge-error.ts';
import { problemOf } from './problem-of.ts';

const read = { requestId: 'r-1', writes: false, creates: false };
const write = { ...read, writes: true };
const create = { ...write, creates: true };

describe('problemOf', () => {
  it.each<[ErrorKind, string, number]>([
    ['invalid', 'users/name', 422],
    ['not-found', 'users/unknown', 404],
    ['conflict', 'numbers/exists', 409],
    ['conflict', 'call-settings/stale-version', 412],
    ['conflict', 'change-log/stale', 412],
    ['denied', 'sessions/not-allowed', 403],
    ['denied', 'sessions/wrong-password', 401],
    ['denied', 'grpc/unauthenticated', 503],
    ['exhausted', 'sessions/too-many-failures', 429],
    ['unavailable', 'grpc/unreachable', 503],
  ])('answers %s %s with %i', (kind, code, status) => {
    const answer = problemOf(new DomainError(kind, code, 'text'), write);
    expect(answer.status).toBe(status);
    expect(problem.parse(answer.body)).toEqual({ type: code, title: 'text', status, requestId: 'r-1', remedy: expect.any(String) as string });
  });

  it('carries field, remedy and the current tag, and no other detail', () => {
    const error = new DomainError('conflict', 'change-log/stale', 'text', { field: 'If-Match', remedy: 'Read again.', currentTag: 't2', secret: 'x' });
    expect(problemOf(error, write).body).toEqual({ type: 'change-log/stale', title: 'text', status: 412, requestId: 'r-1', field: 'If-Match', remedy: 'Read again.', currentTag: 't2' });
  });

  it('answers 412 when a creation by PUT meets what exists', () => {
    const error = new DomainError('conflict', 'change-log/exists', 'text');
    expect(problemOf(error, create).status).toBe(412);
    expect(problemOf(error, write).status).toBe(409);
  });

  it('answers an unknown outcome of a write as outcome-unknown with the remedy', () => {
    const error = new DomainError('unavailable', 'grpc/deadline', 'The service did not answer in time', { outcomeUnknown: true });
    const answer = problemOf(error, write);
    expect(answer.body).toMatchObject({ type: 'outcome-unknown', status: 503 });
    expect(answer.body.remedy).toContain('same Idempotency-Key');
    expect(problemOf(error, read).body.type).toBe('grpc/deadline');
  });

  it('answers a tag that was never one as a stale one, by the name of the header', () => {
    const error = new DomainError('invalid', 'input/tag', 'text', { field: 'expectedTag', remedy: 'Read it.' });
    expect(problemOf(error, write).body).toMatchObject({ status: 412, field: 'If-Match' });
  });

  it('says when to come back', () => {
    expect(problemOf(new DomainError('exhausted', 'sessions/too-many-failures', 'text', { retryAfterSeconds: 17 }), write).headers).toEqual({ 'retry-after': '17' });
    expect(problemOf(new DomainError('unavailable', 'grpc/unreachable', 'text'), read).headers).toEqual({ 'retry-after': '2' });
  });

  it('hides what is our bug, and says that the log must know', () => {
    for (const error of [new Error('secret cause'), new DomainError('unavailable', 'internal', 'The service failed'), 'thrown text']) {
      const answer = problemOf(error, write);
      expect(answer).toMatchObject({ status: 500, unexpected: true, body: { type: 'internal' } });
      expect(JSON.stringify(answer.body)).not.toContain('secret cause');
    }
  });

  it('lists every fault of a refused body', () => {
    const issues = [{ field: 'a', message: 'is missing' }, { field: 'b', message: 'is missing' }];
    expect(problemOf(new EdgeError(422, 'request/invalid', '2 fields are wrong', { issues }), write).body.issues).toEqual(issues);
  });
});
