// The sample console: `dist/` is what the host serves at `/` (http.static_root).

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Where `npm run dev` and `npm run preview` find a host.
const host = process.env['MEDIADOCK_HOST'] ?? 'http://127.0.0.1:8080';
// The host judges browsers by `Sec-Fetch-Site` and `Host`: the proxy has to leave both as they are.
const proxy = { '/api': { target: host, changeOrigin: false } };

export default defineConfig({
  plugins: [react()],
  // The page works below any path.
  base: './',
  server: { proxy },
  preview: { proxy },
  build: {
    target: 'es2022',
    rollupOptions: {
      // Apart from the app, so that browsers keep them over its versions.
      output: {
        manualChunks: {
          react: ['react', 'react-dom', 'react-intl', '@tanstack/react-query'],
          controls: ['react-aria-components'],
          uploads: ['@uppy/core', '@uppy/tus'],
        },
      },
    },
  },
});
