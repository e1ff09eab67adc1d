import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { AssetCode } from 'aws-cdk-lib/aws-lambda';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';

/** The Lambda functions whose code is shipped, bundled, inside this package. */
export const lambdaAssets = ['generate-query', 'execute-query', 'read-only-role', 'rotate-secret', 'introspect-schema', 'vector-store'] as const;
export type LambdaAsset = (typeof lambdaAssets)[number];

/** The directory that is uploaded as the function's code; its entry is `index.mjs`. */
export function lambdaAssetPath(name: LambdaAsset): string {
  const directory = join(packageRoot(), 'dist', 'lambda', name);
  if (!existsSync(join(directory, 'index.mjs'))) {
    throw new CdkConstructsError('asset-missing', `The code of ${name} is not in ${directory}; run "npm run build" in packages/cdk-constructs.`);
  }
  return directory;
}

/** Ready code, so that synthesis needs neither esbuild nor Docker. */
export function lambdaAsset(name: LambdaAsset): AssetCode {
  return Code.fromAsset(lambdaAssetPath(name));
}

/** The sources lie one folder deeper than the built files; the package's own manifest marks the root for both. */
function packageRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json'))) {
    const parent = dirname(directory);
    if (parent === directory) throw new CdkConstructsError('asset-missing', 'The package directory of @ask-aurora/cdk-constructs was not found.');
    directory = parent;
  }
  return directory;
}
