import * as contract from '@sfs/rest-contract';
import { z } from 'zod';
import { openApiOf } from './openapi.ts';

/** Shapes with a name of their own: what is used in more than one place. */
const NAMED = ['meta', 'user', 'directoryNumber', 'tenant', 'site', 'switchShape', 'callSettings', 'callSettingsView', 'forwardTarget', 'partition', 'callingProfile', 'switchSettings', 'mailbox', 'mailboxSettings', 'voiceMessage', 'device', 'deviceSettings', 'effectiveDeviceSetting', 'deviceProfile', 'deviceLayer', 'deviceFile', 'deviceEvent', 'sweep', 'devicePack', 'callPlan', 'trace', 'decision', 'explainedDecision', 'problem', 'session', 'token', 'change', 'overview', 'effect'] as const;

export function openApiDocument(): Record<string, unknown> {
  const shapes = Object.fromEntries(NAMED.map((name) => [name, contract[name] as z.ZodType]));
  const document = openApiOf(contract.routes, shapes);
  const components = document['components'] as { schemas: Record<string, unknown> };
  // Every answer of failure refers to it, no route answers it.
  const { $schema: _, $defs: _defs, ...problem } = z.toJSONSchema(contract.problem) as Record<string, unknown>;
  components.schemas = { ...components.schemas, problem };
  return document;
}
