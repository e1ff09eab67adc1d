/**
 * The one method that every AWS SDK v3 client has. Clients are injected, so region, credentials, endpoint and the
 * SDK's own retries stay the caller's; typed by shape, so that this package needs no SDK unless its adapter is used.
 */
export interface AwsClient {
  send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
}
