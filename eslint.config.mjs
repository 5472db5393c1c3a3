import nx from '@nx/eslint-plugin';
import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

const DRIVERS = ['cassandra-driver', 'kafkajs', '@platformatic/kafka'];
const WEB_BAN = ['@nestjs/*', '@grpc/*', ...DRIVERS];
const SCOPES = ['gateway', 'dial-plan', 'provisioning', 'voicemail', 'device-management', 'ui', 'e2e'];

/** One table for the whole workspace; specs get the testing lib, and in core two packages. */
const boundaries = ({ spec }) => ['error', {
  // A regular expression: the plugin's ** stands at the end of a pattern only.
  allow: ['^(\\.\\./)+vite\\.service\\.ts$', ...(spec ? ['^(\\.\\./)+(tools/(stack|schema)|deploy/kamailio)/.+$'] : [])],
  depConstraints: [
    { sourceTag: 'type:core', onlyDependOnLibsWithTags: spec ? ['type:core', 'type:testing'] : ['type:core'],
      allowedExternalImports: spec ? ['vitest', 'fast-check', 'node:*'] : [] },
    { sourceTag: 'type:wire', onlyDependOnLibsWithTags: ['type:wire'], bannedExternalImports: DRIVERS },
    { sourceTag: 'type:rest', onlyDependOnLibsWithTags: ['type:rest'], allowedExternalImports: spec ? ['zod', 'vitest'] : ['zod'] },
    { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform', 'type:wire', 'type:core', ...(spec ? ['type:testing'] : [])] },
    { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:testing', 'type:platform', 'type:wire', 'type:rest', 'type:core'] },
    { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:core', 'type:wire', 'type:rest', 'type:platform', ...(spec ? ['type:testing'] : [])],
      bannedExternalImports: DRIVERS },
    { sourceTag: 'type:ui', onlyDependOnLibsWithTags: ['type:ui', 'type:rest'], bannedExternalImports: WEB_BAN },
    { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:e2e', 'type:testing', 'type:rest', 'type:wire'] },
    { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
    ...SCOPES.map((scope) => ({ sourceTag: `scope:${scope}`, onlyDependOnLibsWithTags: [`scope:${scope}`, 'scope:shared'] })),
  ],
}];

const BAN_SYNTAX = [
  { selector: 'ExportAllDeclaration', message: 'Named re-exports only.' },
  { selector: 'TSEnumDeclaration', message: 'Use a const object or a union of literals.' },
  { selector: "CallExpression[callee.name='forwardRef']", message: 'Cut the cycle instead.' },
];
const PURE_SYNTAX = [{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time as an argument.' }];
const SPECS = ['**/*.{spec,ispec,contract,e2e}.{ts,tsx}', 'apps/*/test/**/*.{ts,tsx}', 'libs/platform/*/test/**/*.ts', 'apps/e2e/**/*.ts', 'libs/testing/**/*.ts'];

export default [
  { ignores: ['**/dist/**', '**/generated/**', 'node_modules/**', '.data/**', '.nx/**', 'tools/checks/canary/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { '@nx': nx, 'import-x': importX, '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: ['tsconfig.json', 'apps/admin-ui/tsconfig.json'] })] },
    rules: {
      '@nx/enforce-module-boundaries': boundaries({ spec: false }),
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      'no-restricted-syntax': ['error', ...BAN_SYNTAX],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      complexity: ['error', 16],
    },
  },
  {
    files: SPECS,
    rules: {
      '@nx/enforce-module-boundaries': boundaries({ spec: true }),
      'max-lines': ['error', 500],
      'max-lines-per-function': 'off',
    },
  },
  { files: ['**/*.tsx'], rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] } },
  { files: ['**/*.spec.tsx'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['apps/**/src/**/*.ts'],
    ignores: ['**/*.{module,http,grpc,guard,filter}.ts', '**/main.ts', '**/*.spec.ts', 'apps/admin-ui/**', 'apps/e2e/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['@nestjs/*'], message: 'Nest belongs in module, http, grpc, guard, filter and main.' }] }] },
  },
  {
    files: ['apps/**/src/**/*.ts'],
    ignores: ['**/config.ts', '**/main.ts', 'apps/e2e/**'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only config.ts (and main.ts, which hands it over) reads the environment.' }] },
  },
  {
    files: ['libs/core/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.bench.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*', 'fs', 'path', 'crypto', 'os', 'net', 'http'], message: 'Core does no I/O.' }] }],
      'no-restricted-globals': ['error', 'process', 'console', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'Buffer'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now' }, { object: 'Math', property: 'random' }],
      'no-restricted-syntax': ['error', ...BAN_SYNTAX, ...PURE_SYNTAX],
    },
  },
];
