import type { Metafile, OutputFile } from "esbuild";

export declare const BUILD_PLACEHOLDER: string;
export declare function bundleShield(root: string): Promise<{ metafile: Metafile; outputFiles: OutputFile[] }>;
