// JavaScript that runs as it is, without a build: only what Debian 12's own Node.js has. A newer
// Node.js on the machine that runs the tests would not notice anything else.

import node from 'eslint-plugin-n';

const kOldest = { version: '>=18.19' };

export default [
  {
    files: ['**/*.js', '**/*.mjs'],
    ignores: ['**/node_modules/**', '**/dist/**', '**/dist-lib/**', 'build/**', 'examples/media-tab/src/**'],
    plugins: { n: node },
    languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
    rules: {
      // Experimental there, and good enough for tests: describe, and fetch.
      'n/no-unsupported-features/node-builtins': [
        'error',
        { ...kOldest, allowExperimental: true, ignores: ['test.describe'] },
      ],
      'n/no-unsupported-features/es-builtins': ['error', kOldest],
      'n/no-unsupported-features/es-syntax': ['error', kOldest],
    },
  },
];
