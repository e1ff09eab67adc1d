import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { lambdaAssetPath } from '../assets/lambda-asset.js';
import type { LambdaAsset } from '../assets/lambda-asset.js';

/** A Lambda function's entry, as the runtime calls it. */
export type Handler = (event: unknown, context: { getRemainingTimeInMillis(): number; readonly awsRequestId: string; readonly clientContext?: unknown }) => Promise<unknown>;

let loads = 0;

/**
 * Loads the built code as a new function instance would: with this environment, and nothing kept from an earlier load.
 * The environment stays set, because SDK clients read it on their first call.
 */
export async function loadHandler(asset: LambdaAsset | { readonly directory: string }, environment: Readonly<Record<string, string>>): Promise<Handler> {
  Object.assign(process.env, environment);
  const directory = typeof asset === 'string' ? lambdaAssetPath(asset) : asset.directory;
  loads += 1;
  const module = (await import(/* @vite-ignore */ `${pathToFileURL(join(directory, 'index.mjs')).href}?load=${loads}`)) as { readonly handler: Handler };
  return module.handler;
}

export const lambdaContext = { getRemainingTimeInMillis: () => 30_000, awsRequestId: 'request-1' } as const;
