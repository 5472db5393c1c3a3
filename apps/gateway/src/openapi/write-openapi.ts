// Writes apps/gateway/openapi.json anew: node --import ./tools/run/alias.mjs apps/gateway/src/openapi/write-openapi.ts
import { writeFileSync } from 'node:fs';
import { openApiDocument } from './document.ts';

writeFileSync(new URL('../../openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`);
