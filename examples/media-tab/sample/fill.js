// Fills the sample customer, through a host on a free port that is stopped again:
//
//   node fill.js MEDIA HOST [OPTION...]
//
// MEDIA is the folder where that host (`HOST serve OPTION...`) keeps its files. What is there already
// stays as it is, so that this can be run again after it broke off. Pictures are drawn by `vips`.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { kCustomer, kFiles, kMissing, kUnrecorded } from './customer.js';
import { withHost } from './host.js';

const kApi = '/api/crm/storage';
const kPatience = 60_000;
const kTypes = { '.jpg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp', '.pdf': 'application/pdf', '.mp4': 'video/mp4' };

const pathOf = (file) => `${kCustomer.folder}/${file.folder}/${file.name}`;

async function bytesOf(file, workshop) {
  if (file.copy) return readFile(new URL(file.copy, import.meta.url));
  const [drawing, picture] = [join(workshop, 'scene.svg'), join(workshop, `picture${extname(file.name)}`)];
  await writeFile(drawing, file.scene);
  await promisify(execFile)('vips', ['copy', drawing, picture], { timeout: kPatience });
  return readFile(picture);
}

// Every answer but a good one is an error, in the host's words.
async function ask(url, options = {}) {
  const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(kPatience) });
  if (answer.status >= 400) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer.json();
}

// By path; nothing where the customer has no folder yet.
async function listing(host) {
  const name = kCustomer.folder.split('/').pop();
  const parent = kCustomer.folder.slice(0, -name.length - 1);
  await ask(`${host}${kApi}/folder`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ path: parent }),
  });
  const query = new URLSearchParams({ path: parent, depth: 3, include: 'media' });
  const entries = await ask(`${host}${kApi}/browse?${query}`);
  return new Map(entries.map((entry) => [entry.path, entry]));
}

async function upload(host, file, workshop) {
  const form = new FormData();
  form.append('nextcloud_path', `${kCustomer.folder}/${file.folder}`);
  form.append('customer_id', kCustomer.id);
  form.append('uploaded_by', 'sample');
  form.append('tags', JSON.stringify(file.tags));
  form.append('on_conflict', 'fail');
  form.append('file', new Blob([await bytesOf(file, workshop)], { type: kTypes[extname(file.name)] }), file.name);
  await ask(`${host}${kApi}/upload`, { method: 'POST', body: form });
}

// Whole or not at all: the host may be stopped in between.
async function storePast(media, file, workshop) {
  const folder = join(media, kCustomer.folder, file.folder);
  await mkdir(folder, { recursive: true });
  const unfinished = join(media, '..', `${file.name}.unfinished`);
  await writeFile(unfinished, await bytesOf(file, workshop));
  await rename(unfinished, join(folder, file.name));
}

async function fill(host, media, workshop) {
  const found = await listing(host);
  for (const file of [...kFiles, kMissing]) {
    if (!found.has(pathOf(file))) await upload(host, file, workshop);
  }
  await rm(join(media, pathOf(kMissing)), { force: true });
  if (!found.has(pathOf(kUnrecorded))) await storePast(media, kUnrecorded, workshop);
}

const [media, program, ...options] = process.argv.slice(2);
const workshop = await mkdtemp(join(tmpdir(), 'mediadock-sample-'));
try {
  await withHost(program, options, (host) => fill(host, media, workshop));
} catch (error) {
  console.error(`filling the sample customer: ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(workshop, { recursive: true, force: true });
}
