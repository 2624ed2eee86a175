// What the host answers where something went wrong (RFC 9457), and what stands for a lost connection.

export class MediaError extends Error {
  override readonly name = 'MediaError';

  constructor(
    // 0 where no answer came.
    readonly status: number,
    readonly title: string,
    // The host's own words; English.
    readonly detail: string,
    // Seconds.
    readonly retryAfter: number | null = null,
    readonly requestId: string | null = null,
  ) {
    super(detail || title);
  }

  // Whether the same request may well succeed later.
  get isTransient(): boolean {
    return this.status === 0 || [423, 429, 502, 503, 504].includes(this.status);
  }

  static async from(response: Response): Promise<MediaError> {
    const problem = await readProblem(response);
    return new MediaError(
      response.status,
      problem['title'] ?? response.statusText,
      problem['detail'] ?? '',
      secondsIn(response.headers.get('Retry-After')),
      response.headers.get('X-Request-Id'),
    );
  }
}

async function readProblem(response: Response): Promise<Partial<Record<string, string>>> {
  if (!response.headers.get('Content-Type')?.includes('json')) return {};
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((each): each is [string, string] => typeof each[1] === 'string'),
  );
}

function secondsIn(header: string | null): number | null {
  const seconds = Number.parseInt(header ?? '', 10);
  return Number.isNaN(seconds) ? null : seconds;
}
