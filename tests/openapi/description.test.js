// The description of the API is OpenAPI 3.1, and the real host answers as it says.

import { Validator } from '@seriousme/openapi-schema-validator';
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { HostProcess } from '../browser/host_process.js';
import { DescribedApi } from './described_api.js';

const kStorage = '/api/crm/storage';
const kFolder = '05_Customers/ACME';
const kJson = { 'Content-Type': 'application/json' };
const kTus = { 'Tus-Resumable': '1.0.0' };
const kPiece = { ...kTus, 'Content-Type': 'application/offset+octet-stream' };

const base64 = (text) => Buffer.from(text).toString('base64');

function form(fields, ...names) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const name of names) body.append('file', new Blob([`content of ${name}`]), name);
  return body;
}

describe('the description of the API', () => {
  let host, api;
  before(async () => {
    host = await HostProcess.start();
    const answer = await fetch(`${host.url}/openapi.json`);
    api = new DescribedApi(host.url, await answer.json());
  });
  after(() => host?.stop());

  const upload = (fields, ...names) =>
    api.ask('POST', `${kStorage}/upload`, 201, { body: form(fields, ...names) });

  it('is OpenAPI 3.1', async () => {
    const validator = new Validator();

    const { valid, errors } = await validator.validate(structuredClone(api.document));

    assert.deepEqual(errors ?? [], []);
    assert.ok(valid);
    assert.equal(validator.version, '3.1');
  });

  it('would be found out if it were not', async () => {
    const broken = structuredClone(api.document);
    broken.paths['/healthz'].get.responses[200].content = 'text';

    assert.equal((await new Validator().validate(broken)).valid, false);
  });

  it('refers only to what it has, and has only what is referred to', () => {
    const text = JSON.stringify(api.document);
    const referred = new Set([...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)].map(([, kind, name]) => `${kind} ${name}`));
    const kinds = Object.entries(api.document.components).filter(([kind]) => kind !== 'securitySchemes');
    const there = kinds.flatMap(([kind, parts]) => Object.keys(parts).map((name) => `${kind} ${name}`));

    assert.deepEqual([...referred].sort(), there.sort());
  });

  it('would find an answer out that says something else', async () => {
    const { json } = await upload({ path: kFolder }, 'other.bin');

    assert.deepEqual(api.faults('MediaRecord', json), []);
    assert.notDeepEqual(api.faults('MediaRecord', { ...json, more: 1 }), []);
    assert.notDeepEqual(api.faults('MediaRecord', { ...json, size: '1' }), []);
    assert.notDeepEqual(api.faults('MediaRecord', { ...json, type: 'picture' }), []);
    const { id, ...without } = json;
    assert.notDeepEqual(api.faults('MediaRecord', without), [], id);
  });

  it('tells what the host is', async () => {
    await api.ask('GET', '/healthz', 200);
    await api.ask('GET', '/readyz', 200);
    const { json } = await api.ask('GET', '/readyz', 200, { query: { verbose: 1 } });
    assert.ok(json.abilities.length > 0);
    const { headers } = await api.ask('GET', '/openapi.json', 200);
    await api.ask('GET', '/openapi.json', 304, { headers: { 'If-None-Match': headers.get('ETag') } });
  });

  it('tells the limits', async () => {
    const { json } = await api.ask('GET', `${kStorage}/limits`, 200);

    assert.ok(json.max_upload_bytes > 0);
  });

  it('tells what an upload gives', async () => {
    const fields = { nextcloud_path: `${kFolder}/Sent Media`, customer_id: 'acme', tags: 'a,b', uploaded_by: 'anna' };
    const one = await upload(fields, 'Φωτό 50%.jpg');
    assert.equal(one.json.direction, 'sent');
    const several = await upload({ path: kFolder }, 'a.mp4', 'b.pdf');
    assert.deepEqual(several.json.map((record) => record.type), ['video', 'document']);
  });

  it('tells what a listing has, in every state', async () => {
    const folder = `${kFolder}/States`;
    await upload({ path: folder }, 'linked.jpg', 'gone.jpg');
    await host.store(`${folder}/not recorded.jpg`, 'x');
    await api.ask('POST', `${kStorage}/folder`, 201, { headers: kJson, body: JSON.stringify({ path: `${folder}/Folder` }) });
    await rm(join(host.home, 'media', folder, 'gone.jpg'));
    const query = { path: folder, depth: 2, include: 'media' };

    const { json, headers } = await api.ask('GET', `${kStorage}/browse`, 200, { query });

    const state = (entry) => (entry.missing ? 'missing' : entry.is_dir ? 'folder' : entry.media ? 'linked' : 'not recorded');
    assert.deepEqual(json.map(state).sort(), ['folder', 'linked', 'missing', 'not recorded']);
    await api.ask('GET', `${kStorage}/browse`, 304, { query, headers: { 'If-None-Match': headers.get('ETag') } });
    const page = await api.ask('GET', `${kStorage}/browse`, 200, { query: { path: folder, limit: 1 } });
    assert.match(page.headers.get('Link'), /rel="next"/);
    assert.ok(!('media' in page.json[0]));
  });

  it('tells what files, folders and moves answer', async () => {
    await upload({ path: kFolder }, 'file.bin');
    const query = { path: `${kFolder}/file.bin` };
    await api.ask('GET', `${kStorage}/file`, 200, { query });
    await api.ask('HEAD', `${kStorage}/file`, 200, { query });
    await api.ask('GET', `${kStorage}/file`, 206, { query, headers: { Range: 'bytes=0-1' } });
    await api.ask('GET', `${kStorage}/thumbnail`, 404, { query });
    await api.ask('GET', `${kStorage}/thumbnail`, 400, { query: { ...query, size: 100 } });
    const folder = { headers: kJson, body: JSON.stringify({ path: kFolder }) };
    await api.ask('POST', `${kStorage}/folder`, 200, folder);
    const move = { headers: kJson, body: JSON.stringify({ from: `${kFolder}/file.bin`, to: `${kFolder}/moved.bin` }) };
    await api.ask('POST', `${kStorage}/move`, 200, move);
    await api.ask('DELETE', `${kStorage}/file`, 204, { query: { path: `${kFolder}/moved.bin` } });
  });

  it('tells what records are', async () => {
    await host.store('by itself.txt', 'x');
    const { json } = await api.ask('POST', '/api/crm/media', 201, { headers: kJson, body: '{"nextcloud_path":"by itself.txt"}' });
    const one = { id: json.id };
    const { headers } = await api.ask('GET', '/api/crm/media/{id}', 200, one);
    await api.ask('GET', '/api/crm/media/{id}', 304, { ...one, headers: { 'If-None-Match': headers.get('ETag') } });
    await api.ask('PATCH', '/api/crm/media/{id}', 200, { ...one, headers: kJson, body: '{"tags":["print"],"direction":"internal"}' });
    const all = await api.ask('GET', '/api/crm/media', 200, { query: { direction: 'internal' } });
    assert.deepEqual(all.json.map((record) => record.id), [json.id]);
    await api.ask('DELETE', '/api/crm/media/{id}', 204, one);
  });

  it('tells what problems look like', async () => {
    const browse = `${kStorage}/browse`;
    const { json } = await api.ask('GET', browse, 404, { query: { path: 'nowhere' } });
    assert.equal(json.status, 404);
    await api.ask('GET', browse, 400, { query: { depth: 9 } });
    await upload({ path: kFolder }, 'problem.bin');
    const query = { path: `${kFolder}/problem.bin` };
    await api.ask('GET', browse, 409, { query });
    await api.ask('GET', `${kStorage}/file`, 416, { query, headers: { Range: 'bytes=900-' } });
    await api.ask('DELETE', `${kStorage}/file`, 412, { query, headers: { 'If-Match': '"other"' } });
    await api.ask('POST', `${kStorage}/folder`, 415, { body: '{}' });
    await api.ask('POST', `${kStorage}/upload`, 403, { body: form({}, 'a'), headers: { 'Sec-Fetch-Site': 'cross-site' } });
    await api.ask('GET', '/api/crm/media/{id}', 404, { id: 'none' });
  });

  it('tells how an upload is gone on with', async () => {
    const metadata = `filename ${base64('tus.bin')},nextcloud_path ${base64(kFolder)}`;
    const begin = { headers: { ...kTus, 'Upload-Length': '4', 'Upload-Metadata': metadata } };
    await api.ask('OPTIONS', `${kStorage}/uploads`, 204);
    const { headers } = await api.ask('POST', `${kStorage}/uploads`, 201, begin);
    const one = { id: headers.get('Location').split('/').pop() };
    const path = `${kStorage}/uploads/{id}`;
    await api.ask('HEAD', path, 200, { ...one, headers: kTus });
    await api.ask('PATCH', path, 204, { ...one, headers: { ...kPiece, 'Upload-Offset': '0' }, body: 'ab' });
    await api.ask('PATCH', path, 409, { ...one, headers: { ...kPiece, 'Upload-Offset': '0' }, body: 'cd' });
    const last = await api.ask('PATCH', path, 201, { ...one, headers: { ...kPiece, 'Upload-Offset': '2' }, body: 'cd' });
    assert.equal(last.json.size, 4);
    await api.ask('DELETE', path, 204, { ...one, headers: kTus });
    await api.ask('HEAD', path, 404, { ...one, headers: kTus });
  });
});
