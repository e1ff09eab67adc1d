import type { Catalog } from './catalog.js';

/** The reviewed allowlists of one PostgreSQL major. */
export async function loadCatalog(major: 16 | 17 | 18): Promise<Catalog> {
  switch (major) {
    case 16:
      return (await import('./postgresql-16.generated.js')).catalog;
    case 17:
      return (await import('./postgresql-17.generated.js')).catalog;
    case 18:
      return (await import('./postgresql-18.generated.js')).catalog;
  }
}
