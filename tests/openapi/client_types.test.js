// The Media tab's client speaks of what the description says: its types are made of it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const kApp = fileURLToPath(new URL('../../examples/media-tab', import.meta.url));
const kDescription = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));

it('has in the client what `npm run generate:api` makes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mediadock-types-'));
  try {
    const made = join(folder, 'api_types.ts');
    const program = join(kApp, 'node_modules/openapi-typescript/bin/cli.js');
    await promisify(execFile)(process.execPath, [program, kDescription, '--output', made]);

    assert.equal(await readFile(join(kApp, 'src/client/api_types.ts'), 'utf8'), await readFile(made, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
});
