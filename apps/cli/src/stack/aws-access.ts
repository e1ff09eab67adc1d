import { CliError } from '../cli-error.js';

/** Where the stack is, and as whom it is asked. */
export interface AwsAccess {
  /** @default AWS_REGION, then the profile's */
  readonly region?: string;
  /** @default AWS_PROFILE, then the usual chain of any AWS SDK */
  readonly profile?: string;
}

/** The part of a client's configuration that an access decides. */
export function clientOptions({ region, profile }: AwsAccess): { readonly region?: string; readonly profile?: string } {
  return { ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }) };
}

/**
 * What somebody at a terminal can do about an error of the AWS SDK; other errors are given back as they are.
 * @param what what was being done, such as "describe the stack x"
 */
export function explainAwsError(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || CliError.isInstance(error)) return error;
  const fault = (code: ConstructorParameters<typeof CliError>[0], message: string) => new CliError(code, message, { cause: error });
  const { name, message } = error;
  if (/Region is missing/i.test(message)) return fault('region-missing', 'No AWS region is set. Give --region, or set AWS_REGION.');
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError' || /could not load credentials/i.test(message)) {
    return fault('credentials-missing', 'No AWS credentials were found. Sign in (aws sso login), give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
  }
  if (/^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch)/.test(name)) {
    return fault('credentials-missing', 'The AWS credentials are not valid, or have expired. Sign in again.');
  }
  if (/^AccessDenied/.test(name)) return fault('access-denied', `These AWS credentials may not ${what}. Ask for that right, or use others with --profile.`);
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT/.test(`${(error as { code?: string }).code ?? ''} ${message}`)) return fault('aws-unreachable', `AWS was not reached to ${what}. Check the network and the region.`);
  return error;
}
