import type { IncomingHttpHeaders } from 'node:http';

/** A request whose body has been read. */
export interface ServiceRequest {
  /** The parts of the path that the route names, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON; an empty body is `{}`. */
  readonly body: unknown;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

/** A whole JSON answer, or a stream of bytes that is sent as it comes. */
export type ServiceResponse =
  | { readonly kind: 'json'; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown }
  | { readonly kind: 'stream'; readonly headers: Readonly<Record<string, string>>; readonly chunks: AsyncIterable<Uint8Array> };

/** One operation: its method, its path with `{names}`, and what it does. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  handle(request: ServiceRequest): Promise<ServiceResponse> | ServiceResponse;
}

/** The named parts of a path when it fits a route's; undefined when it does not. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const value = given[index] ?? '';
    if (name === undefined) {
      if (part !== value) return undefined;
    } else if (value === '') return undefined;
    else parts[name] = decode(value);
  }
  return parts;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
