import type { Route } from '@sfs/rest-contract';
import type { z } from 'zod';
import { EdgeError, type Issue } from './edge-error.ts';

export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export interface Input {
  readonly params: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
}

/** Checks path, query and body together, so that one answer lists every fault: 400 when the URL has one, else 422. */
export function parseInput(route: Route, raw: RawInput): Input {
  const params = check(route.params, raw.params, {});
  const query = check(route.query, raw.query, {});
  const body = route.bodyType ? { value: raw.body, issues: [] } : check(route.body, sentBody(route, raw.body), undefined);
  const urlIssues = [...params.issues, ...query.issues, ...(query.issues.length === 0 ? unknownFields(raw.query, query.value, []) : [])];
  const unknown = body.issues.length === 0 && route.body ? unknownFields(raw.body, body.value, readOnlyFields(route)) : [];
  const issues = [...urlIssues, ...body.issues, ...unknown];
  if (issues.length > 0) throw refusal(urlIssues.length > 0 ? 400 : 422, issues);
  return { params: params.value as Record<string, unknown>, query: query.value as Record<string, unknown>, body: body.value };
}

/** A POST whose fields are all optional needs no body; a PUT does, because it would unset everything. */
function sentBody(route: Route, body: unknown): unknown {
  return body === undefined && route.method === 'POST' && route.body?.safeParse({}).success ? {} : body;
}

function refusal(status: number, issues: readonly Issue[]): EdgeError {
  const first = issues[0];
  const rest = first ? { field: first.field, ...(first.remedy ? { remedy: first.remedy } : {}) } : {};
  return new EdgeError(status, 'request/invalid', issues.length === 1 ? `${first?.field}: ${first?.message}` : `${issues.length} fields are wrong`, { ...rest, issues });
}

function check(schema: z.ZodType | undefined, value: unknown, otherwise: unknown): { value: unknown; issues: Issue[] } {
  if (!schema) return { value: otherwise, issues: [] };
  const parsed = schema.safeParse(value, { reportInput: false });
  return parsed.success ? { value: parsed.data, issues: [] } : { value: otherwise, issues: parsed.error.issues.map((issue) => describe(issue, value)) };
}

function describe(issue: z.core.$ZodIssue, input: unknown): Issue {
  const inner = issue.code === 'invalid_union' ? issue.errors.flat().at(-1) : undefined;
  const path = [...issue.path, ...(inner?.path ?? [])];
  const missing = valueAt(input, path) === undefined;
  const message = missing ? 'is missing' : wordsOf(inner ?? issue);
  const remedy = missing ? 'Send this field.' : 'Correct the value as /api/openapi.json describes it.';
  return { field: path.map(String).join('.') || 'body', message, remedy };
}

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return issue.message.startsWith('Too big') ? `must not be above ${String(issue.maximum)}${unitOf(issue.origin)}` : issue.message;
    case 'too_small':
      return issue.message.startsWith('Too small') ? `must not be below ${String(issue.minimum)}${unitOf(issue.origin)}` : issue.message;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), input);
}

/** A misspelt field of a full replacement would silently unset the one that was meant, so what no schema knows is refused. */
function unknownFields(input: unknown, output: unknown, tolerated: readonly string[], path = ''): Issue[] {
  if (Array.isArray(input) && Array.isArray(output)) return input.flatMap((item, index) => unknownFields(item, output[index], [], `${path}${index}.`));
  if (!isPlain(input) || !isPlain(output)) return [];
  return Object.keys(input).flatMap((key) => {
    if (key in output) return unknownFields(input[key], output[key], [], `${path}${key}.`);
    if (tolerated.includes(key)) return [];
    return [{ field: `${path}${key}`, message: 'is not known here', remedy: 'Remove it, or spell it as in /api/openapi.json.' }];
  });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a GET answers beside what a PUT takes (meta, id) may be sent back unchanged; it is ignored. */
function readOnlyFields(route: Route): readonly string[] {
  const response: unknown = route.response;
  if (typeof response !== 'object' || response === null || !('shape' in response)) return [];
  return Object.keys(response.shape as object);
}
