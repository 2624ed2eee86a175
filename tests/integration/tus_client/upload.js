// Uploads a file with the official tus client, and tells on standard output what it sees.
//
//   node upload.js ENDPOINT FILE STORE [GATE OFFSET]
//
// STORE is a file that remembers uploads, so that a second run goes on with what the first began.
// With a gate, no piece from OFFSET on is sent before the file GATE exists.

import { createReadStream, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import * as tus from 'tus-js-client';

const [endpoint, file, store, gate, offset] = process.argv.slice(2);

function say(line) {
  process.stdout.write(`${line}\n`);
}

async function passGate(request) {
  const begin = Number(request.getHeader('Upload-Offset') ?? -1);
  if (!gate || begin < Number(offset)) return;
  say('waiting at the gate');
  while (!existsSync(gate)) await pause(20);
}

const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  chunkSize: 4 * 1024 * 1024,
  // A restart of the host takes its time.
  retryDelays: Array(120).fill(250),
  urlStorage: new tus.FileUrlStorage(store),
  metadata: {
    filename: 'big.bin',
    filetype: 'application/octet-stream',
    nextcloud_path: 'folder',
    customer_id: 'acme',
  },
  onBeforeRequest: passGate,
  onAfterResponse(request, response) {
    say(`${request.getMethod()} answered ${response.getStatus()} at ${response.getHeader('Upload-Offset')}`);
    if (response.getBody()) say(`with ${response.getBody()}`);
  },
  onError(error) {
    say(`failed: ${error}`);
    process.exitCode = 1;
  },
  onSuccess() {
    say('done');
  },
});

const [former] = await upload.findPreviousUploads();
if (former) upload.resumeFromPreviousUpload(former);
upload.start();
