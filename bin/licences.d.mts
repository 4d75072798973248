export declare function collectLicences(root: string, files: readonly string[]): string;
