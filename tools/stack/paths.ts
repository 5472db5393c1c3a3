import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

export const paths = {
  root,
  deploy: `${root}/deploy`,
  jars: `${root}/dist/jars`,
  apps: `${root}/dist/apps`,
  testRun: `${root}/dist/test-run`,
} as const;
