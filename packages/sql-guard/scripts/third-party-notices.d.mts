export declare function writeThirdPartyNotices(folder: string): void;
