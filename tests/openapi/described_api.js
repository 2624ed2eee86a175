// The host's description of its API, and whether answers are what it says.

import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const kDocument = 'openapi.json';

// The same schemas, but that an object may have nothing beside what is described. For clients it
// may: a newer host can say more.
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (copy.type === 'object' && copy.properties) copy.additionalProperties ??= false;
  return copy;
}

const pointerPart = (text) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

export class DescribedApi {
  // `document` is what the host at `url` gave as /openapi.json.
  constructor(url, document) {
    this.url = url;
    this.document = document;
    this.ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats(this.ajv);
    this.ajv.addSchema(closed(document), kDocument);
  }

  // The part of the document at `pointer`, a `$ref` followed.
  at(...pointer) {
    const found = pointer.reduce((part, name) => part?.[name], this.document);
    return found?.$ref ? this.at(...found.$ref.slice(2).split('/')) : found;
  }

  // What is wrong with `value` as the schema of that name; nothing where all is right.
  faults(name, value) {
    return this.faultsAt(['components', 'schemas', name], value);
  }

  faultsAt(pointer, value) {
    const uri = `${kDocument}#/${pointer.map(pointerPart).join('/')}`;
    const validate = this.ajv.getSchema(uri) ?? this.ajv.compile({ $ref: uri });
    validate(value);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  // Sends `METHOD path` with what `asked` has: `query` or the path's `id`, `headers`, `body`. Returns
  // the answer with its body read as `json`, once all of it is as the document says.
  async ask(method, path, status, asked = {}) {
    const target = path.replace('{id}', asked.id ?? '') + (asked.query ? `?${new URLSearchParams(asked.query)}` : '');
    const answer = await fetch(this.url + target, { method, headers: asked.headers, body: asked.body });
    const text = await answer.text();
    assert.equal(answer.status, status, `${method} ${target}: ${text}`);
    const json = await this.compare(method.toLowerCase(), path, answer, text);
    return { status, headers: answer.headers, text, json };
  }

  async compare(method, path, answer, text) {
    const what = `${method} ${path} ${answer.status}`;
    const responses = this.at('paths', path, method, 'responses');
    assert.ok(responses, `${method} ${path} is not described`);
    const response = responses[answer.status];
    assert.ok(response, `${what} is not described`);
    const { content, headers } = response.$ref ? this.at(...response.$ref.slice(2).split('/')) : response;
    for (const name of ['etag', 'location', 'retry-after', 'link'].filter((each) => answer.headers.has(each))) {
      const described = Object.keys(headers ?? {}).map((each) => each.toLowerCase());
      assert.ok(described.includes(name), `${what}: the header ${name} is not described`);
    }
    if (text === '') return undefined;
    const type = answer.headers.get('Content-Type').split(';')[0];
    const described = content?.[type] ? type : '*/*';
    assert.ok(content?.[described], `${what}: the type ${type} is not described`);
    if (!type.endsWith('json')) return undefined;
    const value = JSON.parse(text);
    const owner = response.$ref
      ? response.$ref.slice(2).split('/')
      : ['paths', path, method, 'responses', String(answer.status)];
    assert.deepEqual(this.faultsAt([...owner, 'content', described, 'schema'], value), [], what);
    return value;
  }
}
