// Pictures that tests make: PNGs of one colour, with a frame so that they can be told from a background.

import { deflateSync } from 'node:zlib';

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, check]);
}

// CRC-32 (PNG, annex D). Node.js has it from 20.15 on only.
function checksum(data) {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

// `hue` in degrees; each picture of another hue is another file.
export function picture(width, height, hue = 200) {
  const channel = (shift) => {
    const distance = Math.abs((((hue + shift) % 360) + 360) % 360 - 180) / 180;
    return Math.round(70 + 150 * distance);
  };
  const colour = [channel(180), channel(60), channel(-60)];
  const rows = [];
  for (let y = 0; y < height; ++y) {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; ++x) {
      const isFrame = Math.min(x, y, width - 1 - x, height - 1 - y) < 8;
      for (let each = 0; each < 3; ++each) row[1 + x * 3 + each] = isFrame ? 250 : colour[each];
    }
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
