// A tone of two seconds: WAV, 8000 samples a second of one byte.

const kRate = 8000;
const kSeconds = 2;

export function sound() {
  const samples = Buffer.alloc(kRate * kSeconds);
  for (let each = 0; each < samples.length; ++each) {
    samples[each] = 128 + Math.round(60 * Math.sin((2 * Math.PI * 440 * each) / kRate));
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(kRate, 24);
  head.writeUInt32LE(kRate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
