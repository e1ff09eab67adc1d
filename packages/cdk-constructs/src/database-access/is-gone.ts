/** A stack is deleted in any order: a cluster, database or secret that went first took what was in it along. */
export function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (['DatabaseNotFoundException', 'NotFoundException', 'ResourceNotFoundException', 'HttpEndpointNotEnabledException'].includes(error.name)) return true;
  return error.name === 'BadRequestException' && /not found|cannot be found|HttpEndpoint is not enabled/i.test(error.message);
}
