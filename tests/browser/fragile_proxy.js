// A way to the host that loses things, as networks do.

import { createServer, request } from 'node:http';
import { proxyTo } from './console_origin.js';

export class FragileProxy {
  // What becomes of a request: 'pass', 'stall' (nothing of its body gets through, and no answer), or
  // 'mute' (it arrives, and its answer is lost with the connection).
  judge = () => 'pass';

  static async start(hostUrl) {
    const proxy = new FragileProxy();
    const pass = proxyTo(hostUrl);
    proxy.server = createServer((incoming, response) => {
      const fate = proxy.judge(incoming);
      if (fate === 'pass') pass(incoming, response);
      if (fate === 'mute') deliverMutely(hostUrl, incoming);
    });
    await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    return proxy;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function deliverMutely(hostUrl, incoming) {
  const { method, headers } = incoming;
  const forwarded = request(hostUrl + incoming.url, { method, headers });
  forwarded.on('response', (answer) => answer.resume().on('end', () => incoming.socket.destroy()));
  incoming.pipe(forwarded);
}
