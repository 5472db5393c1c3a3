import type { Overview } from '@sfs/rest-contract';
import { z } from 'zod';

type ServiceState = Overview['services'][number];

const DEADLINE_MS = 800;

const ready = z.object({
  name: z.string().optional(),
  instance: z.string().default(''),
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })).default([]),
});

/** What the management port of one process says; who does not answer in time is not alive. Never throws. */
export async function askManagement(service: string, url: string, token: string | undefined): Promise<ServiceState> {
  try {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/health/ready`, { headers, signal: AbortSignal.timeout(DEADLINE_MS) });
    const state = ready.parse(await response.json());
    return { service: state.name ?? service, instance: state.instance, alive: true, ready: response.ok && state.ready, checks: state.checks };
  } catch (error) {
    return { service, instance: '', alive: false, ready: false, checks: [{ name: 'management', ok: false, detail: reasonOf(error) }] };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer within ${DEADLINE_MS} ms`;
  const cause = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : '';
  return `cannot be reached${cause}`;
}
