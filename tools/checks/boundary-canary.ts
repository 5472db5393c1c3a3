// Proves that the boundary and purity rules run: code that breaks each on purpose must be reported, code that may must pass.
// Without a cached project graph the boundary rule skips itself silently; that is what this catches.
import { ESLint } from 'eslint';

interface Canary {
  readonly file: string;
  readonly code: string;
  /** undefined = must pass */
  readonly rule?: string;
}

const BOUNDARY = '@nx/enforce-module-boundaries';
const CANARIES: readonly Canary[] = [
  { file: 'libs/core/kernel/src/canary.ts', code: "import { Module } from '@nestjs/common'; export const x = Module;", rule: BOUNDARY },
  { file: 'libs/core/kernel/src/canary.ts', code: "import { connectCassandra } from '@sfs/cassandra'; export const x = connectCassandra;", rule: BOUNDARY },
  { file: 'libs/core/call-settings/src/canary.ts', code: "import { decideCall } from '@sfs/dial-plan'; export const x = decideCall;", rule: BOUNDARY },
  { file: 'libs/core/kernel/src/canary.ts', code: 'export const x = Date.now();', rule: 'no-restricted-properties' },
  { file: 'libs/core/kernel/src/canary.ts', code: "import fs from 'node:fs'; export const x = fs;", rule: 'no-restricted-imports' },
  { file: 'apps/provisioning/src/canary.ts', code: "import { Client } from 'cassandra-driver'; export const x = Client;", rule: BOUNDARY },
  { file: 'apps/provisioning/src/canary.ts', code: "import { decideCall } from '@sfs/dial-plan'; export const x = decideCall;", rule: BOUNDARY },
  { file: 'apps/provisioning/src/canary.ts', code: "import { Module } from '@nestjs/common'; export const x = Module;", rule: 'no-restricted-imports' },
  { file: 'apps/provisioning/src/canary.ts', code: 'export const x = process.env;', rule: 'no-restricted-properties' },
  { file: 'libs/platform/kafka/src/canary.ts', code: "import { decideCall } from '@sfs/dial-plan'; export const x = decideCall;", rule: BOUNDARY },
  { file: 'libs/platform/kafka/src/canary.ts', code: "export * from './other.ts';", rule: 'no-restricted-syntax' },
  { file: 'apps/admin-ui/src/canary.ts', code: "import { User } from '@sfs/contracts'; export const x = User;", rule: BOUNDARY },
  { file: 'apps/dial-plan/src/canary.ts', code: "import { decideCall } from '@sfs/dial-plan'; export const x = decideCall;" },
  { file: 'libs/platform/kafka/src/canary.ts', code: "import { Change } from '@sfs/contracts'; export const x = Change;" },
];

const eslint = new ESLint({
  overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } }, rules: { '@typescript-eslint/no-floating-promises': 'off' } }],
});

const faults: string[] = [];
for (const { file, code, rule } of CANARIES) {
  const [result] = await eslint.lintText(code, { filePath: file });
  const found = (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
  if (rule ? !found.includes(rule) : found.length > 0) faults.push(`${file}: ${code}\n  expected ${rule ?? 'no finding'}, found ${found.join(', ') || 'none'}`);
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${CANARIES.length} canaries: every rule reports what it must`);
