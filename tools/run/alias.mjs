// Lets Node 24 run our TypeScript from the checkout: maps @sfs/* as tsconfig.base.json does. `node --import ./tools/run/alias.mjs x.ts`
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const root = new URL('../../', import.meta.url);
const { paths } = JSON.parse(readFileSync(new URL('tsconfig.base.json', root), 'utf8')).compilerOptions;

registerHooks({
  resolve(specifier, context, next) {
    const target = paths[specifier]?.[0];
    return target ? next(new URL(target, root).href, context) : next(specifier, context);
  },
});
