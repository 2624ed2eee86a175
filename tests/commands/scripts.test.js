// What ./run and ./test decide by their shell functions, on folders of a test's own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const kScripts = fileURLToPath(new URL('../../.ci/', import.meta.url));

// Runs a line of shell with the functions at hand; `arguments_` are its "$@".
async function shell(line, { cwd = '.', environment = {}, arguments_ = [] } = {}) {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(MEDIADOCK|NEXTCLOUD)_/.test(name)),
  );
  const script = `set -euo pipefail; source "${kScripts}packages.sh"; source "${kScripts}sample.sh"; ${line}`;
  return promisify(execFile)('bash', ['-c', script, 'shell', ...arguments_], {
    cwd,
    env: { ...clean, ...environment },
  });
}

describe('the sample customer', () => {
  const isWanted = async (arguments_, environment = {}) => {
    const line = 'uses_default_storage "$@" && echo yes || echo no';
    return (await shell(line, { arguments_, environment })).stdout.trim() === 'yes';
  };

  for (const [name, arguments_] of [
    ['no option', ['serve']],
    ['another address', ['serve', '--set', 'http.address=127.0.0.1:18080']],
    ['another level', ['serve', '--set=log.level=debug']],
  ]) {
    it(`is put into the default storage with ${name}`, async () => {
      assert.equal(await isWanted(arguments_), true);
    });
  }

  it('is put there whatever the environment says of other things', async () => {
    assert.equal(await isWanted(['serve'], { MEDIADOCK_LOG_LEVEL: 'debug' }), true);
  });

  for (const [name, arguments_] of [
    ['a storage', ['serve', '--set', 'storage.localdisk.root=elsewhere']],
    ['a database', ['serve', '--set=records.url=sqlite:elsewhere.db']],
    ['a configuration file', ['serve', '--config', 'mediadock.properties']],
    ['a configuration file in one word', ['serve', '--config=mediadock.properties']],
    ['another command', ['check']],
  ]) {
    it(`is put nowhere by ${name}`, async () => {
      assert.equal(await isWanted(arguments_), false);
    });
  }

  for (const name of ['MEDIADOCK_STORAGE_PROVIDER', 'MEDIADOCK_RECORDS_URL', 'NEXTCLOUD_URL']) {
    it(`is put nowhere with ${name}`, async () => {
      assert.equal(await isWanted(['serve'], { [name]: 'x' }), false);
    });
  }

  it('is filled by a host that has its defaults, once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mediadock-commands-'));
    try {
      await writeFile(
        join(folder, 'fill.mjs'),
        `import { appendFileSync } from 'node:fs';
         appendFileSync('calls', JSON.stringify([process.argv.slice(2), process.env.MEDIADOCK_AUTH_MODE ?? null]) + '\\n');`,
      );
      const options = { cwd: folder, environment: { MEDIADOCK_AUTH_MODE: 'api_key' } };

      await shell('fill_sample ./fill.mjs the-host', options);
      await shell('fill_sample ./fill.mjs the-host', options);

      const calls = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
      assert.deepEqual(calls.map((call) => JSON.parse(call)), [[['var/media', 'the-host'], null]]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a checkout that was copied with its build folder', () => {
  let home, checkout;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'mediadock-commands-'));
    checkout = join(home, 'first');
    await mkdir(checkout);
    await writeFile(join(checkout, 'CMakeLists.txt'), 'cmake_minimum_required(VERSION 3.25)\nproject(Copied NONE)\n');
    const preset = { name: 'plain', generator: 'Ninja', binaryDir: '${sourceDir}/build/${presetName}' };
    await writeFile(join(checkout, 'CMakePresets.json'), JSON.stringify({ version: 6, configurePresets: [preset] }));
    await shell('configure plain', { cwd: checkout });
  });
  after(() => rm(home, { recursive: true }));

  const isFromElsewhere = async (cwd) =>
    (await shell('is_from_elsewhere plain && echo yes || echo no', { cwd })).stdout.trim() === 'yes';

  it('is configured anew', async () => {
    const copy = join(home, 'second');
    await cp(checkout, copy, { recursive: true });
    assert.equal(await isFromElsewhere(copy), true);

    await shell('configure plain', { cwd: copy });

    assert.equal(await isFromElsewhere(copy), false);
  });

  it('is not taken for one that is only reached by a link', async () => {
    const link = join(home, 'link');
    await symlink(checkout, link);

    assert.equal(await isFromElsewhere(checkout), false);
    assert.equal(await isFromElsewhere(link), false);
  });
});
