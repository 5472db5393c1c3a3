import { DomainError } from '@sfs/kernel';

/** 0 = the usual 50. */
export function pageSizeOf(size: number): number {
  if (size === 0) return 50;
  if (size >= 1 && size <= 200) return size;
  throw new DomainError('invalid', 'page/bad-size', 'The page size is 1 to 200', { field: 'pageSize', remedy: 'Send 1 to 200, or nothing for 50.' });
}
