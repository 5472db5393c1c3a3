// Writes apps/dial-plan/openapi.json anew: node --import ./tools/run/alias.mjs apps/dial-plan/src/decision/write-openapi.ts
import { writeFileSync } from 'node:fs';
import { decisionOpenApi } from './openapi.ts';

writeFileSync(new URL('../../openapi.json', import.meta.url), `${JSON.stringify(decisionOpenApi(), null, 2)}\n`);
