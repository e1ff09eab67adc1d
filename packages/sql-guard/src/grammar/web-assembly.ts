/** The part of the WebAssembly API used here, declared so that the package type-checks without the DOM library. */
export interface CompiledModule {
  readonly [brand: symbol]: never;
}

export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export interface FunctionTable {
  get(index: number): unknown;
}

interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<CompiledModule>;
  readonly Instance: new (module: CompiledModule, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>) => { readonly exports: Readonly<Record<string, unknown>> };
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
