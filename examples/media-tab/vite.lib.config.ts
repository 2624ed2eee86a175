// The component and the client for other consoles: `dist-lib/`. Their bundler finds the packages.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

const packages = Object.keys(manifest.dependencies);

export default defineConfig({
  plugins: [react()],
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist-lib',
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index', cssFileName: 'media_tab' },
    rollupOptions: {
      external: (id) => packages.some((name) => id === name || id.startsWith(`${name}/`)),
    },
  },
});
