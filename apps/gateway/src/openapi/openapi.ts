import type { Route, RouteName } from '@sfs/rest-contract';
import { z } from 'zod';

type Json = Record<string, unknown>;

const FAILURES: Readonly<Record<string, string>> = {
  400: 'Malformed: the URL, a header or the JSON',
  401: 'Not signed in, or the session or token has ended',
  403: 'Not allowed, or a page that is not ours',
  404: 'No such thing',
  409: 'In conflict with what is there',
  412: 'Another version is current: see currentTag',
  413: 'The body is too large',
  415: 'Another content type is needed',
  416: 'The recording has no such bytes: see Content-Range',
  422: 'Well formed, but refused: every fault is listed',
  428: 'If-Match is missing',
  429: 'Too often; see Retry-After',
  500: 'Failed inside SFS',
  503: 'A part cannot be reached; type outcome-unknown when the change may have been made',
};

const CONDITIONAL = new Set(['412', '428']);

/** OpenAPI 3.1 of the routes, from the same schemas that check requests. `shapes` get names of their own under components. */
export function openApiOf(routes: Readonly<Record<RouteName, Route>>, shapes: Readonly<Record<string, z.ZodType>>): Json {
  const named = z.registry<{ id: string }>();
  for (const [id, shape] of Object.entries(shapes)) named.add(shape, { id });
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    const path = `/api/v1${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route, (schema, io) => schemaOf(schema, io, named, components)) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'SIP Feature Server', version: '1', description: 'Changes of existing things need If-Match with the ETag that was read. Retries with the same Idempotency-Key do no harm. A session cookie needs our Origin header on every change. Administrators of tenant default act for another tenant with SFS-Tenant.' },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sfs_session' }, token: { type: 'http', scheme: 'bearer' } },
      responses: problemResponses(),
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

type Describe = (schema: z.ZodType, io: 'input' | 'output') => Json;

function operationOf(operationId: string, route: Route, describe: Describe): Json {
  return {
    operationId,
    summary: route.summary,
    tags: [route.path.split('/')[1]],
    'x-sfs-who': route.who,
    ...(route.who === 'anybody' ? { security: [] } : {}),
    parameters: parametersOf(route, describe),
    ...bodyOf(route, describe),
    responses: responsesOf(route, describe),
  };
}

function parametersOf(route: Route, describe: Describe): Json[] {
  return [
    ...fieldsOf(route.params, 'path', describe),
    ...fieldsOf(route.query, 'query', describe),
    ...(route.conditional ? [header('If-Match', 'ETag of the version this is based on', route.creates !== true)] : []),
    ...(route.creates ? [header('If-None-Match', '* creates', false)] : []),
    ...(route.responseType ? [header('Range', 'bytes=FIRST-LAST, bytes=FIRST- or bytes=-COUNT; others are ignored', false), header('If-Range', 'ETag the range is good for', false)] : []),
    ...(route.method === 'GET' ? [] : [header('Idempotency-Key', '1 to 128 printable ASCII characters; the same key is done once', false)]),
  ];
}

function fieldsOf(schema: z.ZodObject | undefined, place: 'path' | 'query', describe: Describe): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = describe(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...field }]) => {
    return { name, in: place, required: place === 'path' || required.includes(name), ...(description === undefined ? {} : { description }), schema: field };
  });
}

function header(name: string, description: string, required: boolean): Json {
  return { name, in: 'header', required, description, schema: { type: 'string' } };
}

function bodyOf(route: Route, describe: Describe): Json {
  if (route.bodyType) return { requestBody: { required: true, content: { [route.bodyType]: { schema: { type: 'string' } } } } };
  return route.body ? { requestBody: { required: !mayBeLeftOut(route), content: { 'application/json': { schema: describe(route.body, 'input') } } } } : {};
}

/** A POST whose fields are all optional. */
function mayBeLeftOut({ method, body }: Route): boolean {
  return method === 'POST' && body?.safeParse({}).success === true;
}

function responsesOf(route: Route, describe: Describe): Json {
  if (route.responseType) return { ...recordingResponses(route.responseType), ...failuresOf(route) };
  const content = route.response ? { content: { 'application/json': { schema: describe(route.response, 'output') } } } : {};
  const good = { [String(route.status ?? 200)]: { description: 'Done', ...content }, ...(route.creates ? { 201: { description: 'Created', ...content } } : {}) };
  return { ...good, ...failuresOf(route) };
}

function failuresOf(route: Route): Json {
  const failures = Object.keys(FAILURES).filter((status) => (route.conditional || !CONDITIONAL.has(status)) && (route.responseType || status !== '416'));
  return Object.fromEntries(failures.map((status) => [status, { $ref: `#/components/responses/problem${status}` }]));
}

function recordingResponses(type: string): Json {
  const content = { [type]: { schema: { type: 'string', format: 'binary' } } };
  return { 200: { description: 'The whole recording', content }, 206: { description: 'The bytes that Range asked for', content } };
}

function problemResponses(): Json {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } };
  return Object.fromEntries(Object.entries(FAILURES).map(([status, description]) => [`problem${status}`, { description, content }]));
}

/** What zod calls $defs becomes a component; a shape that takes other input than it gives out has two. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', named: z.core.$ZodRegistry<{ id: string }>, components: Json): Json {
  const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, { io, metadata: named, target: 'draft-2020-12', unrepresentable: 'any', override: describeAsWritten }) as Json & { $defs?: Record<string, Json> };
  const suffix = io === 'input' ? 'Input' : '';
  const relinked = (value: Json): Json => JSON.parse(JSON.stringify(value).replaceAll(/"#\/\$defs\/([A-Za-z0-9_]+)"/g, `"#/components/schemas/$1${suffix}"`)) as Json;
  for (const [id, definition] of Object.entries($defs)) {
    const { id: _id, ...rest } = relinked(definition);
    components[`${id}${suffix}`] = rest;
  }
  return relinked(root);
}

/** `describe()` keeps its words in zod's own registry, which a registry of names does not look into. */
function describeAsWritten({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { description } = z.globalRegistry.get(zodSchema) ?? {};
  if (description !== undefined) jsonSchema.description = description;
}
