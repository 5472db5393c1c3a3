import { z } from 'zod';

/** All faults of the environment at once: one line per variable. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Parses the environment once. An empty variable counts as absent, so that `X= npm start` means the default.
 * Throws ConfigError that names every fault; values are never repeated, they may be secrets.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: Record<string, string | undefined>): z.infer<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given, { reportInput: false });
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => describe(issue, given)));
}

function describe(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = issue.path.map(String).join('.');
  if (name === '') return issue.message;
  return name in given || issue.code === 'custom' ? `${name}: ${issue.message}` : `${name}: is missing (${issue.message})`;
}
