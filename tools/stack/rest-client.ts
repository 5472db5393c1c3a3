import { StackError } from './stack-error.ts';

export interface RestAnswer<T> {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: T;
}

/** The REST API as an administrator uses it: signed in, with the cookie and the Origin a browser sends. */
export class RestClient {
  readonly #base: string;
  #cookie = '';

  constructor(base: string) {
    this.#base = base;
  }

  async signIn(login: string, password: string): Promise<void> {
    const response = await this.#send('POST', '/session', { login, password });
    if (!response.ok) throw new StackError(`signing in as ${login} at ${this.#base}: ${response.status} ${await response.text()}`);
    this.#cookie = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
    await response.body?.cancel();
  }

  get<T>(path: string): Promise<RestAnswer<T>> {
    return this.#json('GET', path, undefined, {}, [200]);
  }

  /** undefined: there is none (404) */
  async find<T>(path: string): Promise<T | undefined> {
    const answer = await this.#json<T>('GET', path, undefined, {}, [200, 404]);
    return answer.status === 200 ? answer.body : undefined;
  }

  post<T>(path: string, body?: unknown): Promise<RestAnswer<T>> {
    return this.#json('POST', path, body, {}, [200, 201]);
  }

  /** Creates by PUT; false when it exists already, which is then left as it is. */
  async createByPut(path: string, body: unknown): Promise<boolean> {
    const { status } = await this.#json('PUT', path, body, { 'if-none-match': '*' }, [200, 201, 412]);
    return status !== 412;
  }

  async replace(path: string, body: unknown, tag: string): Promise<void> {
    await this.#json('PUT', path, body, { 'if-match': `"${tag}"` }, [200]);
  }

  async remove<T = undefined>(path: string, tag: string): Promise<T> {
    return (await this.#json<T>('DELETE', path, undefined, { 'if-match': `"${tag}"` }, [200, 204])).body;
  }

  /** For what must be refused: the answer as it is. */
  attempt<T>(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<RestAnswer<T>> {
    return this.#json(method, path, body, headers, Array.from({ length: 400 }, (_, index) => index + 200));
  }

  async #json<T>(method: string, path: string, body: unknown, headers: Record<string, string>, expected: readonly number[]): Promise<RestAnswer<T>> {
    const response = await this.#send(method, path, body, headers);
    const text = await response.text();
    if (!expected.includes(response.status)) throw new StackError(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return { status: response.status, etag: response.headers.get('etag') ?? undefined, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  #send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#base}/api/v1${path}`, {
      method,
      headers: {
        origin: this.#base,
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: AbortSignal.timeout(15_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
