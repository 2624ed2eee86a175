// The sample customer, filled by the script that ./run starts, and looked at through the real host.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HostProcess } from '../browser/host_process.js';

const kSample = new URL('../../examples/media-tab/sample/', import.meta.url);
const kFolder = '05_Customers/Αιγαίο Boats #1';

// A place for files and records that is a test's own.
class Place {
  static async make() {
    const place = new Place();
    place.home = await mkdtemp(join(tmpdir(), 'mediadock-sample-'));
    place.media = join(place.home, 'media');
    place.settings = {
      'storage.localdisk.root': place.media,
      'records.url': `sqlite:${join(place.home, 'records.db')}`,
      'uploads.spool_directory': join(place.home, 'uploads'),
    };
    return place;
  }

  // Runs the script as ./run does.
  fill(environment = {}) {
    const all = { 'storage.plugin_path': process.env.TESTED_PLUGINS, ...this.settings };
    const options = Object.entries(all).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const script = fileURLToPath(new URL('fill.js', kSample));
    return promisify(execFile)(process.execPath, [script, this.media, process.env.TESTED_HOST, ...options], {
      env: { ...process.env, ...environment },
    });
  }

  // What the Media tab gets to see.
  async listing() {
    const host = await HostProcess.start(this.settings);
    try {
      const query = new URLSearchParams({ path: kFolder, depth: 2, include: 'media' });
      const entries = await (await fetch(`${host.url}/api/crm/storage/browse?${query}`)).json();
      return entries.filter((entry) => !entry.is_dir);
    } finally {
      await host.stop();
    }
  }

  remove() {
    return rm(this.home, { recursive: true, force: true });
  }
}

const state = (entry) => (entry.missing ? 'missing' : entry.media ? 'linked' : 'not recorded');
const inState = (entries, wanted) => entries.filter((entry) => state(entry) === wanted);

describe('the sample customer', () => {
  let place, entries;
  before(async () => {
    place = await Place.make();
    await place.fill();
    entries = await place.listing();
  });
  after(() => place?.remove());

  it('has files of every state in all three folders', () => {
    const folders = new Set(entries.map((entry) => entry.path.slice(kFolder.length + 1).split('/')[0]));
    assert.deepEqual([...folders].sort(), ['Internal', 'Received Media', 'Sent Media']);
    assert.equal(inState(entries, 'linked').length, 13);
    assert.equal(inState(entries, 'not recorded').length, 1);
    assert.equal(inState(entries, 'missing').length, 1);
  });

  it('has a dozen pictures, a film and a document', () => {
    const kinds = entries.map((entry) => entry.mime_type.split('/')[0]);
    assert.ok(kinds.filter((kind) => kind === 'image').length >= 12);
    assert.equal(kinds.filter((kind) => kind === 'video').length, 1);
    assert.equal(entries.filter((entry) => entry.mime_type === 'application/pdf').length, 1);
  });

  it('has names that a URL has to escape', () => {
    const names = entries.map((entry) => entry.filename).join();
    for (const each of ['%', '#', '&', '+', ' ', ',', 'ά']) assert.ok(names.includes(each), each);
  });

  it('belongs to the customer that the page shows', async () => {
    const page = await readFile(new URL('../src/app/sample_customer.ts', kSample), 'utf8');
    assert.ok(page.includes(`'${kFolder}'`));
    for (const { media } of [...inState(entries, 'linked'), ...inState(entries, 'missing')]) {
      assert.ok(page.includes(`'${media.customer_id}'`));
    }
  });

  it('has records that say which way each file went', () => {
    const ways = inState(entries, 'linked').map(({ media }) => `${media.nextcloud_path.split('/')[2]}: ${media.direction}`);
    assert.deepEqual([...new Set(ways)].sort(), ['Internal: internal', 'Received Media: received', 'Sent Media: sent']);
  });

  it('is left as it is by a second time', async () => {
    await place.fill();

    assert.deepEqual(await place.listing(), entries);
  });
});

describe('a sample customer that broke off', () => {
  let place;
  before(async () => (place = await Place.make()));
  after(() => place?.remove());

  // Stands before the real one in the path, and fails from the fourth picture on.
  async function tiringVips() {
    const count = join(place.home, 'count');
    const script = `#!/bin/sh\necho >> '${count}'\n[ $(wc -l < '${count}') -lt 4 ] || exit 1\nPATH="\${PATH#*:}" exec vips "$@"\n`;
    await writeFile(join(place.home, 'vips'), script);
    await chmod(join(place.home, 'vips'), 0o700);
    return { PATH: `${place.home}${delimiter}${process.env.PATH}` };
  }

  it('is gone on with', async () => {
    await assert.rejects(place.fill(await tiringVips()));
    const before = await place.listing();
    assert.equal(before.length, 3);

    await place.fill();

    const now = await place.listing();
    assert.deepEqual(['linked', 'not recorded', 'missing'].map((each) => inState(now, each).length), [13, 1, 1]);
    const kept = new Map(now.map((entry) => [entry.path, entry]));
    for (const entry of before) assert.deepEqual(kept.get(entry.path), entry);
  });
});
