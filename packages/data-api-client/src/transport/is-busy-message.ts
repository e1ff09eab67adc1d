/** The service runs one statement a transaction at a time, and says so in the text of a general error. */
export function isBusyMessage(message: string): boolean {
  return /transaction is still running a query/iu.test(message);
}
