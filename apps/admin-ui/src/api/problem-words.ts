import { ApiError } from './request.ts';

/** What happened, and what to do: two sentences at most, plus the request id for the administrator. */
export interface Words {
  readonly what: string;
  readonly next: string;
  readonly requestId: string;
}

export function wordsOf(error: unknown): Words {
  if (!(error instanceof ApiError)) return { what: 'Something failed in this page.', next: 'Reload it. What is saved is safe.', requestId: '' };
  const { problem, status } = error;
  const requestId = problem.requestId;
  if (status === 0) return { what: 'The server does not answer.', next: 'Calls are decided without it. Nothing was changed; try again.', requestId };
  if (isOutcomeUnknown(error)) return { what: 'We do not know yet whether this was saved.', next: 'Saving again is safe: it counts once.', requestId };
  if (status === 500) return { what: 'Something failed on our side.', next: 'Nothing was changed. Try again, or send this number to your administrator.', requestId };
  return { what: sentence(problem.detail ?? problem.title), next: problem.remedy ? sentence(problem.remedy) : fallback(status), requestId };
}

export function isStale(error: unknown): boolean {
  return error instanceof ApiError && error.status === 412;
}

/** Nothing to ask for again and again. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof ApiError && /outcome-unknown/.test(error.problem.type);
}

/** The message for one field of a refused form; `field` is the API's name, list entries as `patterns.3` or `patterns[3]`. */
export function fieldWords(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { issues, field: only, remedy, detail, title } = error.problem;
  const issue = issues?.find((each) => plainPath(each.field) === field);
  if (issue) return [sentence(issue.message), issue.remedy ? sentence(issue.remedy) : ''].filter(Boolean).join(' ');
  if (only !== undefined && plainPath(only) === field) return [sentence(detail ?? title), remedy ? sentence(remedy) : ''].filter(Boolean).join(' ');
  return undefined;
}

function plainPath(path: string): string {
  return path.replace(/\[(\d+)\]/g, '.$1').replace(/^body\./, '');
}

function fallback(status: number): string {
  if (status === 403) return 'Ask: administrator.';
  if (status === 404) return 'It may have been deleted, or the address is wrong.';
  if (status === 503) return 'Calls are decided without it. Try again in a moment.';
  return '';
}

function sentence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) return '';
  const first = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.?!]$/.test(first) ? first : `${first}.`;
}
