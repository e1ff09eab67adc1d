import { ConfigurationError } from '../errors/configuration-error.js';

/** The service allows 1 MiB; rows differ in weight, so half of it is aimed at. */
const targetBytes = 512 * 1024;

/** Decides how many rows the next page asks for. */
export class PageSizer {
  #next: number;
  readonly #max: number;
  /** After a page was too large, pages grow only slowly again. */
  #halved = false;

  constructor({ pageSize = 100, maxPageSize = 10_000 }: { readonly pageSize?: number; readonly maxPageSize?: number }) {
    if (!Number.isInteger(pageSize) || pageSize < 1 || !Number.isInteger(maxPageSize) || maxPageSize < 1) throw new ConfigurationError('pageSize and maxPageSize must be whole numbers from 1.');
    this.#max = maxPageSize;
    this.#next = Math.min(pageSize, maxPageSize);
  }

  get next(): number {
    return this.#next;
  }

  /** A page of so many rows took so many bytes (0: unknown). */
  fitted(rows: number, bytes: number): void {
    const byWeight = bytes === 0 ? this.#next : Math.floor((targetBytes * rows) / bytes);
    const growth = this.#halved ? 1.25 : 4;
    this.#next = Math.max(1, Math.min(byWeight, Math.ceil(rows * growth), this.#max));
  }

  halve(): void {
    this.#halved = true;
    this.#next = Math.max(1, Math.floor(this.#next / 2));
  }
}
