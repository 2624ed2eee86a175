// A reverse proxy that shows the host below a path, which it takes off.

import { createServer } from 'node:http';
import { proxyTo } from './console_origin.js';

export class PathProxy {
  // What was asked for outside the path.
  outside = [];

  static async start(path, hostUrl) {
    const proxy = new PathProxy();
    const pass = proxyTo(hostUrl);
    proxy.server = createServer((incoming, response) => {
      if (!incoming.url.startsWith(`${path}/`)) {
        proxy.outside.push(incoming.url);
        response.writeHead(404).end();
        return;
      }
      incoming.url = incoming.url.slice(path.length);
      pass(incoming, response);
    });
    await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}${path}`;
    return proxy;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
