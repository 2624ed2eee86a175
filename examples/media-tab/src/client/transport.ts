// One request to the host.

import { MediaError } from './media_error';

export interface TransportOptions {
  // What stands in front of `/api/crm`: the host's origin where the page has another, and the path
  // below which the host is reached (`http.public_path`), if any.
  apiBase?: string;
  // More headers for each request, such as `Authorization`.
  headers?: () => Record<string, string> | Promise<Record<string, string>>;
  // 'include' where another origin's cookie is the credential.
  credentials?: RequestCredentials;
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | undefined>;
  json?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

export class Transport {
  readonly apiBase: string;

  constructor(private readonly options: TransportOptions) {
    this.apiBase = (options.apiBase ?? '').replace(/\/$/, '');
  }

  headers(): Promise<Record<string, string>> {
    return Promise.resolve(this.options.headers?.() ?? {});
  }

  // Where a path of the API, or an address of the host's answers, leads. The latter has the host's
  // public path in front, if the host knows of one.
  resolve(url: string): string {
    if (!url.startsWith('/')) return url;
    const [, origin = '', path = ''] = this.apiBase.match(/^([a-z]+:\/\/[^/]*)?(.*)$/i) ?? [];
    return path !== '' && url.startsWith(`${path}/`) ? origin + url : this.apiBase + url;
  }

  // The answer, also 304. Throws MediaError for all else that is no success.
  async ask(target: string, { method = 'GET', query, json, headers, signal }: Ask = {}): Promise<Response> {
    const request: RequestInit = {
      method,
      headers: {
        ...(await this.headers()),
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      credentials: this.options.credentials ?? 'same-origin',
      // The browser's cache would hide a 304 and keep what a query cache keeps already.
      cache: 'no-store',
    };
    if (json !== undefined) request.body = JSON.stringify(json);
    if (signal) request.signal = signal;
    const response = await fetch(this.resolve(target + inQuery(query)), request).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new MediaError(0, 'no connection', String(error));
    });
    if (!response.ok && response.status !== 304) throw await MediaError.from(response);
    return response;
  }
}

function inQuery(query: Ask['query']): string {
  const parameters = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (parameters.length === 0) return '';
  return '?' + parameters.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
}
