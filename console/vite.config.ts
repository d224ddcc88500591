import { defineConfig } from 'vite';

/** The console is static files below /console; the API that it calls is of the same host. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  build: {
    target: 'es2023',
    manifest: true,
    // No inline code: the page's policy forbids it. Every browser that we build for preloads modules by itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // `npm exec -w console vite`: the console alone, against the Worker of `npm run dev`.
  server: { proxy: { '/v1': 'http://localhost:8787' } },
});
