// Why an upload did not work, out of what tus-js-client lets one see of it.

import type { HttpResponse } from 'tus-js-client';
import type { UploadProblem } from './upload_item';

const kNoAnswer: UploadProblem = { status: 0, type: '', title: '', detail: '' };

// Also where no answer came.
export function problemOf(response: HttpResponse | null): UploadProblem {
  if (!response) return kNoAnswer;
  return { ...kNoAnswer, ...readProblem(response.getBody()), status: response.getStatus() };
}

// The same request may well succeed later.
export function isTransient(problem: UploadProblem): boolean {
  return [0, 423, 429, 502, 503, 504].includes(problem.status) || isAtAnotherOffset(problem);
}

export function isNameTaken(problem: UploadProblem): boolean {
  return problem.status === 409 && problem.type.endsWith(':already_exists');
}

// tus says so with 409, too: it is asked again where it stands.
function isAtAnotherOffset(problem: UploadProblem): boolean {
  return problem.status === 409 && !problem.type.startsWith('urn:');
}

function readProblem(body: string): Partial<UploadProblem> {
  const parsed = parseObject(body);
  const text = (key: string) => (typeof parsed[key] === 'string' ? parsed[key] : '');
  return { type: text('type'), title: text('title'), detail: text('detail') };
}

// {} for what is no JSON object.
export function parseObject(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
