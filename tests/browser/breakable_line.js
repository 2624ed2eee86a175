// A line to a server on this machine that can be cut and mended, as between a host and its storage.

import { connect, createServer } from 'node:net';

export class BreakableLine {
  #sockets = new Set();
  #isCut = false;

  // `url` is the server's; `line.url` leads there, too.
  static async to(url) {
    const line = new BreakableLine();
    const { hostname, port } = new URL(url);
    line.server = createServer((near) => line.#join(near, connect(Number(port), hostname)));
    await new Promise((resolve) => line.server.listen(0, '127.0.0.1', resolve));
    line.url = `http://127.0.0.1:${line.server.address().port}`;
    return line;
  }

  #join(...ends) {
    const [near, far] = ends;
    for (const end of ends) {
      this.#sockets.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        this.#sockets.delete(end);
        (end === near ? far : near).destroy();
      });
    }
    if (this.#isCut) return near.destroy();
    near.pipe(far).pipe(near);
  }

  cut() {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#isCut = false;
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
