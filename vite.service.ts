import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';

const { paths } = JSON.parse(readFileSync(new URL('tsconfig.base.json', import.meta.url), 'utf8')).compilerOptions as { paths: Record<string, [string]> };

/** Aliases of tsconfig.base.json for vite and vitest. */
export const alias = Object.entries(paths).map(([name, [target]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: new URL(target, import.meta.url).pathname,
}));

/** One way to build a service: dist/apps/NAME/main.js plus one file per further entry (workers); npm packages stay outside. */
export function service(projectRoot: string, entries: Record<string, string> = {}): UserConfig {
  return defineConfig({
    root: projectRoot,
    resolve: { alias },
    oxc: { decorator: { legacy: true } },
    build: {
      ssr: true,
      target: 'node24',
      outDir: new URL(`dist/apps/${basename(projectRoot)}`, import.meta.url).pathname,
      emptyOutDir: true,
      sourcemap: true,
      rollupOptions: { input: { main: `${projectRoot}/src/main.ts`, ...entries }, output: { entryFileNames: '[name].js' } },
    },
  }) as UserConfig;
}
