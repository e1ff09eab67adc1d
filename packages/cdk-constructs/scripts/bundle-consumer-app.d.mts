export function bundleConsumerApp(main: string, format: 'esm' | 'cjs'): Promise<string>;
