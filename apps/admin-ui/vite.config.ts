import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { alias } from '../../vite.service.ts';

const gateway = process.env.SFS_GATEWAY_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { alias },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: new URL('../../dist/apps/admin-ui', import.meta.url).pathname,
    emptyOutDir: true,
    // light-dark() and nesting stay as they are written
    target: ['chrome125', 'firefox127', 'safari17.5'],
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': { target: gateway } } },
});
