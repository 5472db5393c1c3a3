import { readFileSync } from 'node:fs';
import { routes } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './document.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly required: boolean };
}

const document = openApiDocument() as { paths: Record<string, Record<string, Operation>>; components: { schemas: object; responses: object } };

describe('OpenAPI document', () => {
  it('is the one that is committed', () => {
    const committed: unknown = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));
    expect(document, 'run: node --import ./tools/run/alias.mjs apps/gateway/src/openapi/write-openapi.ts').toEqual(committed);
  });

  it('describes every route exactly once', () => {
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(ids.toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it('describes every name in braces of a path', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      const braces = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(operations)) {
        expect(operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name), path).toEqual(braces);
      }
    }
  });

  it('says in words what a name does not', () => {
    const { device } = document.components.schemas as Record<string, { properties: Record<string, { description?: string }> }>;
    expect(device?.properties['meta']?.description).toBe('null while the device is only waiting');
    expect(document.paths['/api/v1/devices/{mac}']?.['get']?.parameters[0]).toMatchObject({ name: 'mac', description: 'in any notation; answered as 12 lower-case hex digits' });
  });

  it('needs no body where a POST may come without', () => {
    const needed = (path: string): boolean | undefined => document.paths[`/api/v1${path}`]?.['post']?.requestBody?.required;
    expect([needed('/devices/{mac}/enrolment'), needed('/switches/{switchId}/numbers/{number}/sip-password'), needed('/devices')]).toEqual([false, false, true]);
  });

  it('refers only to what it defines', () => {
    const text = JSON.stringify(document);
    const known = new Set([...Object.keys(document.components.schemas).map((id) => `schemas/${id}`), ...Object.keys(document.components.responses).map((id) => `responses/${id}`)]);
    const references = [...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(references.filter((id) => !known.has(id))).toEqual([]);
    expect(text).not.toContain('$defs');
  });
});
