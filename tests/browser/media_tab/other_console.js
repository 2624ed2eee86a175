// A console of somebody else, made with the library as npm would install it, on an origin of its own.

import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const kLibrary = fileURLToPath(new URL('../../../examples/media-tab', import.meta.url));
const kTypes = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const kPage = `<!DOCTYPE html>
<html lang="en"><head><title>Another console</title><link rel="icon" href="data:,"></head>
<body><main><h1>Another console</h1><div id="root"></div></main><script type="module" src="/main.js"></script></body></html>`;

const kProgram = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createMediaClient, MediaTab } from 'mediadock-media-tab';
import 'mediadock-media-tab/media_tab.css';

const { apiBase, folder } = Object.fromEntries(new URLSearchParams(location.search));
window.media = createMediaClient({ apiBase });
const customer = { id: 'acme', name: 'ACME', nextcloud_folder: folder };
createRoot(document.getElementById('root')).render(createElement(MediaTab, { customer, apiBase }));
`;

export class OtherConsole {
  static async start() {
    const console = new OtherConsole();
    console.home = await mkdtemp(join(tmpdir(), 'mediadock-console-'));
    await console.#build();
    console.server = createServer((request, response) => void console.#answer(request, response));
    await new Promise((resolve) => console.server.listen(0, '127.0.0.1', resolve));
    console.url = `http://127.0.0.1:${console.server.address().port}`;
    return console;
  }

  async #build() {
    const [packages, installed] = [join(kLibrary, 'node_modules'), join(this.home, 'node_modules')];
    const library = join(installed, 'mediadock-media-tab');
    await mkdir(library, { recursive: true });
    for (const name of await readdir(packages)) await symlink(join(packages, name), join(installed, name));
    await copyFile(join(kLibrary, 'package.json'), join(library, 'package.json'));
    await writeFile(join(this.home, 'index.html'), kPage);
    await writeFile(join(this.home, 'main.js'), kProgram);

    const vite = (cwd, ...options) =>
      promisify(execFile)(process.execPath, [join(packages, 'vite/bin/vite.js'), 'build', ...options], { cwd });
    await vite(kLibrary, '--config', 'vite.lib.config.ts', '--outDir', join(library, 'dist-lib'));
    await vite(this.home);
  }

  async #answer({ url }, response) {
    const { pathname } = new URL(url, 'http://localhost');
    const name = pathname === '/' ? '/index.html' : pathname;
    const content = await readFile(join(this.home, 'dist', name)).catch(() => null);
    response.writeHead(content ? 200 : 404, { 'Content-Type': kTypes[extname(name)] ?? 'text/plain' }).end(content);
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await rm(this.home, { recursive: true });
  }
}
