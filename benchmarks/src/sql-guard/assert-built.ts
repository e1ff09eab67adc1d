/**
 * Peers are measured as npm delivers them, so the guard is too: tsx adds a call to every function that its sources make.
 * @throws when the guard would be loaded from its sources.
 */
export function assertBuilt(): void {
  if (!import.meta.resolve('@ask-aurora/sql-guard').endsWith('/dist/index.js')) throw new Error('This measures the built guard: run it without --conditions=@ask-aurora/source.');
}
