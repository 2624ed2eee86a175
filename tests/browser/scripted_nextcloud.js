// The scripted Nextcloud as a process.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export class ScriptedNextcloud {
  static async start() {
    const nextcloud = new ScriptedNextcloud();
    nextcloud.child = spawn(process.env.SCRIPTED_NEXTCLOUD, []);
    await new Promise((resolve, reject) => {
      nextcloud.child.on('error', reject);
      nextcloud.child.on('exit', () => reject(new Error('the scripted Nextcloud ended')));
      createInterface({ input: nextcloud.child.stdout }).on('line', (line) => {
        const [, user, password] = line.match(/^user (.*), password (.*)/) ?? [];
        const [, url] = line.match(/^listening on (.*)/) ?? [];
        if (user) Object.assign(nextcloud, { user, password });
        if (url) resolve((nextcloud.url = url));
      });
    });
    return nextcloud;
  }

  // What a host needs to use it.
  get settings() {
    return {
      'storage.provider': 'nextcloud',
      'storage.nextcloud.url': this.url,
      'storage.nextcloud.username': this.user,
      'storage.nextcloud.password': this.password,
    };
  }

  #ask(method, path, body) {
    const credentials = Buffer.from(`${this.user}:${this.password}`).toString('base64');
    const target = path.split('/').map(encodeURIComponent).join('/');
    const headers = { Authorization: `Basic ${credentials}` };
    return fetch(`${this.url}/remote.php/dav/files/${this.user}/${target}`, { method, headers, body });
  }

  // Puts a file there, past the host.
  async store(path, content) {
    const names = path.split('/');
    for (let depth = 1; depth < names.length; ++depth) await this.#ask('MKCOL', names.slice(0, depth).join('/'));
    const answer = await this.#ask('PUT', path, content);
    if (!answer.ok) throw new Error(`PUT ${path}: ${answer.status}`);
  }

  discard(path) {
    return this.#ask('DELETE', path);
  }

  // The content of a file, past the host; null where there is none.
  async stored(path) {
    const answer = await this.#ask('GET', path);
    return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.on('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}
