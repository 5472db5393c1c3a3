import { DomainError } from '@sfs/kernel';
import type { CommitRequest, EntityState } from './types.ts';

/** How a slice names what the condition of a commit refused. */
export interface CommitWords {
  /** `users`: codes become users/stale-version and users/exists */
  readonly area: string;
  /** 'The user' */
  readonly subject: string;
}

interface Committing {
  commit(request: CommitRequest): Promise<readonly EntityState[]>;
}

/** Commits and answers conflicts in the slice's own words; returns the state of the first row. */
export async function commitAs(store: Committing, words: CommitWords, change: CommitRequest): Promise<EntityState> {
  try {
    const [first] = await store.commit(change);
    if (!first) throw new Error('a commit answered no state');
    return first;
  } catch (error) {
    throw inWords(error, words);
  }
}

export function inWords(error: unknown, { area, subject }: CommitWords): unknown {
  if (!(error instanceof DomainError)) return error;
  if (error.code === 'change-log/stale') {
    const currentTag = error.details['currentTag'];
    return new DomainError('conflict', `${area}/stale-version`, `${subject} was changed meanwhile`, { ...(currentTag === undefined ? {} : { currentTag }), remedy: 'Read it again, then repeat the change on the new version.' });
  }
  if (error.code === 'change-log/exists') return exists({ area, subject });
  return error;
}

export function exists({ area, subject }: CommitWords): DomainError {
  return new DomainError('conflict', `${area}/exists`, `${subject} exists already`, { remedy: 'Choose another, or change the one that exists.' });
}
