import { afterAll, beforeAll } from 'vitest';

const startWithin = 60_000;

/** Starts something before the tests of a file and stops it after them, also when a test or the start of another fails. */
export function useResource<Resource extends { stop(): Promise<void> }>(name: string, start: () => Promise<Resource>): () => Resource {
  let resource: Resource | undefined;
  beforeAll(async () => {
    resource = await start();
  }, startWithin);
  afterAll(async () => {
    await resource?.stop();
    resource = undefined;
  }, startWithin);
  return () => {
    if (!resource) throw new Error(`${name} runs only while tests do: ask for it inside a test or hook.`);
    return resource;
  };
}
