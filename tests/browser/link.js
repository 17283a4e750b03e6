// SPDX-License-Identifier: Apache-2.0
// The network between the browser and the web origin: passes bytes on until it is cut.
import { createServer, connect } from 'node:net';
import { once } from 'node:events';

/** Listens on a free port of the loopback address. */
export async function openLink(target) {
  const pairs = new Set();
  const server = createServer((near) => {
    const far = connect(target);
    const pair = { near, far };
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    near.on('error', () => near.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => {
      if (!pair.cut) far.destroy();
    });
    far.on('close', () => {
      pairs.delete(pair);
      near.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    /** The browser loses its connections; the other side is told nothing and keeps them. */
    cut() {
      for (const pair of pairs) {
        pair.cut = true;
        pair.near.unpipe(pair.far);
        pair.far.unpipe(pair.near);
        pair.far.resume();
        pair.near.resetAndDestroy();
      }
    },
    close() {
      server.close();
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
    },
  };
}
