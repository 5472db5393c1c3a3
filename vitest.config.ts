import { defineConfig } from 'vitest/config';
import { alias } from './vite.service.ts';

const shared = { resolve: { alias }, oxc: { decorator: { legacy: true } } };
const excluded = ['**/node_modules/**', '**/dist/**'];

/** unit: no process but this one; parts: real Cassandra, Kafka (started once); e2e: the whole stack. */
export default defineConfig({
  test: {
    projects: [
      { ...shared, test: { name: 'unit', include: ['{apps,libs,tools}/**/*.spec.{ts,tsx}'], exclude: [...excluded, 'apps/*/test/**'] } },
      {
        ...shared,
        test: {
          name: 'parts',
          include: ['{apps,libs,tools}/**/*.ispec.ts', 'apps/*/test/**/*.spec.ts'],
          exclude: excluded,
          globalSetup: ['./tools/stack/vitest-parts.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          include: ['apps/e2e/src/**/*.e2e.ts'],
          exclude: excluded,
          globalSetup: ['./tools/stack/vitest-e2e.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
