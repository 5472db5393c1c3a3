import { z } from 'zod';
import { answerSchema, errorSchema, stepSchema, traceSchema } from './answer-schema.ts';
import { questionSchema } from './question.ts';

const SWITCH = { name: 'switch', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' }, description: 'Name of the switch.' };

const json = (description: string, name: string) => ({ description, content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } });

/** OpenAPI 3.1 of the door for SIP servers, from the schemas that validate. */
export function decisionOpenApi(): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'SIP Feature Server: call decisions',
      version: '1.0.0',
      description: 'What shall be done with this call? The answer is a small plan that the SIP server runs without asking again. Off loopback every request carries `Authorization: Bearer TOKEN`.',
    },
    paths: { '/{switch}': { parameters: [SWITCH], get: heartbeat(), post: route() } },
    components: { schemas: schemas() },
  };
}

function heartbeat(): object {
  return {
    operationId: 'heartbeat',
    summary: 'Could a call be decided now?',
    responses: {
      200: { description: 'Yes.', content: { 'application/json': { schema: { type: 'object', properties: { status: { const: 'deciding' } }, required: ['status'] } } } },
      503: json('Not now; the body says why.', 'Error'),
    },
  };
}

function route(): object {
  return {
    operationId: 'route',
    summary: 'Decides one call.',
    description: 'At most 8 KiB and 8 levels of nesting, UTF-8, each field once. Unknown fields are ignored.',
    requestBody: json('The question.', 'Question'),
    responses: {
      200: json('The plan of the call.', 'Answer'),
      400: json('The request is malformed; another instance would say the same.', 'Error'),
      404: json('No instance of this site knows the name.', 'Error'),
      500: json('This instance is not bound to the switch, has not loaded it yet or failed: ask another one, once.', 'Error'),
      501: json('Unknown operation.', 'Error'),
      503: json('This instance stops.', 'Error'),
    },
  };
}

function schemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const schema of [questionSchema, answerSchema, stepSchema, traceSchema, errorSchema]) registry.add(schema, { id: z.globalRegistry.get(schema)?.id ?? '' });
  const { schemas: named } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(named).map(([id, schema]) => [id, withoutHeads(schema)]));
}

/** Inside OpenAPI a schema has neither $schema nor $id. */
function withoutHeads(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));
}
