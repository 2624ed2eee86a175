// An origin as a console has it: pages of its own, and below them the stored files. What a page here
// embeds has the page's own origin, which is what an attacker wants.

import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tell, tellingPicture } from './hostile_files.js';

const kPage = '<!DOCTYPE html><html><body><script src="/ways_to_run.js"></script></body></html>';
const kWays = readFileSync(new URL('ways_to_run.js', import.meta.url));

// What the console itself has. `policy` is the page's Content-Security-Policy; `harmless.*` run, and tell.
const kOwn = {
  '/page': (parameters) => ({
    'Content-Type': 'text/html',
    'Content-Security-Policy': parameters.get('policy') ?? '',
    body: kPage,
  }),
  '/ways_to_run.js': () => ({ 'Content-Type': 'text/javascript', body: kWays }),
  '/harmless.html': (parameters, host) => ({
    'Content-Type': 'text/html',
    body: `<script src="http://${host}/harmless.js?${parameters}"></script>`,
  }),
  '/harmless.svg': (parameters) => ({
    'Content-Type': 'image/svg+xml',
    body: tellingPicture(parameters.get('name')),
  }),
  '/harmless.js': (parameters) => ({
    'Content-Type': 'text/javascript',
    body: tell(parameters.get('name')),
  }),
};

export class ConsoleOrigin {
  // The targets that were answered to their end.
  answered = new Set();
  // Called with what tells that it ran: `{name, where}`.
  onRan = () => {};

  // `serveFile(request, response)` answers whatever is not the console's own.
  static async start(serveFile) {
    const origin = new ConsoleOrigin();
    origin.server = createServer((incoming, response) => {
      response.on('close', () => origin.answered.add(incoming.url));
      origin.#answer(incoming, response, serveFile);
    });
    await new Promise((resolve) => origin.server.listen(0, '127.0.0.1', resolve));
    origin.url = `http://127.0.0.1:${origin.server.address().port}`;
    return origin;
  }

  #answer(incoming, response, serveFile) {
    const { pathname, searchParams } = new URL(incoming.url, 'http://localhost');
    if (pathname === '/ran') {
      this.onRan(Object.fromEntries(searchParams));
      response.writeHead(204).end();
    } else if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
    } else if (pathname in kOwn) {
      const { body, ...headers } = kOwn[pathname](searchParams, incoming.headers.host);
      response.writeHead(200, headers).end(body);
    } else {
      serveFile(incoming, response);
    }
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

// Hands everything on to the host, as a reverse proxy does.
export function proxyTo(hostUrl) {
  return (incoming, response) => {
    const { method, headers } = incoming;
    const forwarded = request(hostUrl + incoming.url, { method, headers });
    forwarded.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    incoming.pipe(forwarded);
  };
}

const kCarelessTypes = {
  svg: 'image/svg+xml',
  html: 'text/html',
  xhtml: 'application/xhtml+xml',
  xml: 'text/xml',
  mht: 'multipart/related',
  pdf: 'application/pdf',
  txt: 'text/plain',
  js: 'text/javascript',
  mjs: 'text/javascript',
};

// Serves files at the addresses that the host has for them, as a server does that knows no danger:
// with the type that a name promises, or none, so that the browser guesses.
export function serveCarelessly(files) {
  return (incoming, response) => {
    const name = new URL(incoming.url, 'http://localhost').searchParams.get('path');
    const type = kCarelessTypes[name?.split('.')[1]];
    response.writeHead(files.has(name) ? 200 : 404, type ? { 'Content-Type': type } : {});
    response.end(files.get(name));
  };
}
