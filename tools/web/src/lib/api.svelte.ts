// Answers of the server. What is pinned by a known event never changes and is kept, up to a number of characters, until
// somebody signs out.

import { session } from './session.svelte.ts';

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly hint = '',
    readonly request = '',
  ) {
    super(detail);
  }
}

const root = '/api/v1';
const most = 32 * 1024 * 1024;

class Kept {
  #answers = new Map<string, { value: unknown; size: number }>();
  #size = 0;

  find(url: string): unknown {
    const found = this.#answers.get(url);
    if (found === undefined) return undefined;
    this.#answers.delete(url);
    this.#answers.set(url, found);
    return found.value;
  }

  keep(url: string, value: unknown, size: number) {
    this.#answers.set(url, { value, size });
    this.#size += size;
    for (const [oldest, answer] of this.#answers) {
      if (this.#size <= most) return;
      this.#answers.delete(oldest);
      this.#size -= answer.size;
    }
  }

  clear() {
    this.#answers.clear();
    this.#size = 0;
  }
}

export const kept = new Kept();

async function problemOf(response: Response): Promise<Problem> {
  const request = response.headers.get('Duebook-Request') ?? '';
  try {
    const problem = await response.json();
    return new Problem(response.status, problem.code ?? '', problem.detail ?? problem.title ?? '', problem.hint ?? '', problem.request ?? request);
  } catch {
    return new Problem(response.status, '', `${response.status} ${response.statusText}`.trim(), '', request);
  }
}

export async function send(path: string, options: RequestInit = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  if (options.method !== undefined && options.method !== 'GET') headers.set('Duebook-CSRF', session.csrf);
  let response: Response;
  try {
    response = await fetch(root + path, { ...options, headers, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    session.offline = true;
    throw new Problem(0, 'offline', '');
  }
  session.offline = false;
  if (response.status === 401 && path !== '/session') session.lose();
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const found = kept.find(path);
  if (found !== undefined) return found as T;
  const response = await send(path, { signal });
  const text = await response.text();
  const value = JSON.parse(text) as T;
  if (/[?&]known=\d/.test(path) || path.startsWith('/events/') || path === '/reports') kept.keep(path, value, text.length);
  return value;
}

export function reportUrl(name: string, values: [string, string][]): string {
  return `/reports/${name}?${new URLSearchParams(values)}`;
}

export const addressOf = (path: string) => root + path;
