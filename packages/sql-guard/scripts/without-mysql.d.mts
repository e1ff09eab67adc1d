import type { Plugin } from 'esbuild';

export declare const withoutMysql: () => Plugin;
