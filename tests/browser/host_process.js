// The real host, started as its users start it, over a folder that a test fills.

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

function required(variable) {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set; run this by ctest`);
  return value;
}

// The address that the host says it listens on; throws with its words where it ends before.
function addressOf(child) {
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(`the host ended: ${said}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, url] = line.match(/^listening on (.*)/) ?? [];
      if (url) resolve(url);
    });
  });
}

export class HostProcess {
  // Returns once the host listens, on a free port of the loopback interface.
  static async start(settings = {}) {
    const host = new HostProcess();
    host.home = await mkdtemp(join(tmpdir(), 'mediadock-browser-'));
    host.settings = {
      'http.address': '127.0.0.1:0',
      'http.static_root': required('TESTED_MEDIA_TAB'),
      'storage.plugin_path': required('TESTED_PLUGINS'),
      'storage.localdisk.root': join(host.home, 'media'),
      'records.url': `sqlite:${join(host.home, 'records.db')}`,
      'cache.directory': join(host.home, 'cache'),
      ...settings,
    };
    await host.#serve();
    host.settings['http.address'] = new URL(host.url).host;
    return host;
  }

  async #serve() {
    const options = Object.entries(this.settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    this.child = spawn(required('TESTED_HOST'), ['serve', ...options], { cwd: this.home });
    this.url = await addressOf(this.child);
  }

  // Starts it again at the same address, over what was there.
  restart(settings = {}) {
    Object.assign(this.settings, settings);
    return this.#serve();
  }

  // Ends it as a crash does.
  kill() {
    return this.#end('SIGKILL');
  }

  // Puts a file into the storage past the host, as anybody with another client can.
  async store(name, content) {
    const path = join(this.home, 'media', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  // Takes it away past the host.
  discard(name) {
    return rm(join(this.home, 'media', name));
  }

  // What the storage has at a path, past the host.
  stored(name) {
    return readFile(join(this.home, 'media', name));
  }

  // The paths of all that the storage has, unfinished uploads among them.
  async storedNames() {
    const root = join(this.home, 'media');
    const entries = await readdir(root, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    const pathOf = ({ parentPath, path, name }) => join(parentPath ?? path, name);
    return files.map((file) => pathOf(file).slice(root.length + 1)).sort();
  }

  // The records below a folder, newest first.
  async records(folder = '') {
    const query = new URLSearchParams({ path_prefix: folder, limit: '1000' });
    return (await fetch(`${this.url}/api/crm/media?${query}`)).json();
  }

  fileTarget(name) {
    return `/api/crm/storage/file?path=${encodeURIComponent(name)}`;
  }

  async #end(signal) {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.on('exit', resolve));
    this.child.kill(signal);
    await ended;
  }

  async stop() {
    await this.#end('SIGTERM');
    await rm(this.home, { recursive: true, force: true });
  }
}
