// A host of its own on a free port, as long as something is to be done through it.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const kPatience = 60_000;

function addressOf(child, said) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the host did not start in time')), kPatience);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the host ended with ${code}: ${said()}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, url] = line.match(/^listening on (.*)/) ?? [];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}

// Starts `program serve OPTIONS`, lets `work` do with its URL what it does, and stops it.
export async function withHost(program, options, work) {
  const quiet = ['--set', 'http.address=127.0.0.1:0', '--set', 'log.level=warning'];
  const child = spawn(program, ['serve', ...options, ...quiet], { stdio: ['ignore', 'pipe', 'pipe'] });
  // Every change has a line there. They are of interest where something goes wrong only.
  let log = '';
  child.stderr.on('data', (text) => (log += text));
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    await work(await addressOf(child, () => log));
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
