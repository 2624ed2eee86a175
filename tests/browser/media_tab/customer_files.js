// What a customer has: files in the storage, put there past the host, and records made through it.

const kJson = { 'Content-Type': 'application/json' };

export class CustomerFiles {
  // `storage` has `store(path, content)`.
  constructor(host, folder, storage = host) {
    Object.assign(this, { host, folder, storage });
  }

  path(name) {
    return `${this.folder}/${name}`;
  }

  // A file that has no record, `Sent Media/a.png` say.
  async put(name, content) {
    await this.storage.store(this.path(name), content);
  }

  // A file with a record.
  async add(name, content, fields = {}) {
    await this.put(name, content);
    const answer = await fetch(`${this.host.url}/api/crm/media`, {
      method: 'POST',
      headers: kJson,
      body: JSON.stringify({ nextcloud_path: this.path(name), customer_id: 'acme', ...fields }),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
    return answer.json();
  }

  // A record whose file is gone.
  async lose(name) {
    await this.add(name, 'lost');
    await this.storage.discard(this.path(name));
  }

  // The paths of the records, below the customer's folder.
  async recordedNames() {
    const records = await this.host.records(this.folder);
    return records.map(({ nextcloud_path }) => nextcloud_path.slice(this.folder.length + 1)).sort();
  }

  async storedNames() {
    const names = await this.host.storedNames();
    return names.filter((name) => name.startsWith(`${this.folder}/`)).map((name) => name.slice(this.folder.length + 1));
  }
}
