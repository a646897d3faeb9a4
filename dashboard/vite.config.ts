import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compileTexts } from './scripts/compileTexts';
import { embedQueries } from './scripts/embedQueries';

const server = process.env.ATTRIUM_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [embedQueries(), compileTexts(), tanstackRouter(), react()],
  build: {
    // A data: URI would need a wider content security policy, and a manifest feeds the budget check.
    assetsInlineLimit: 0,
    manifest: true,
    target: 'es2022',
  },
  server: {
    proxy: { '/graphql': { target: server, ws: true } },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
  },
});
