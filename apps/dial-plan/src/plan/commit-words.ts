import { DomainError } from '@sfs/kernel';

/** What the condition of a commit refused, in the words of the plan. */
export function inPlanWords(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  if (error.code === 'change-log/exists') {
    return new DomainError('conflict', 'plan/exists', 'It exists already', { remedy: 'Choose another id, or change the one that exists.' });
  }
  if (error.code !== 'change-log/stale') return error;
  const currentTag = error.details['currentTag'];
  return new DomainError('conflict', 'plan/stale-version', 'It was changed meanwhile', {
    ...(currentTag === undefined ? {} : { currentTag }),
    remedy: 'Read it again, then repeat the change on the new version.',
  });
}
