import type { SplitOptions, Splitter } from "./splitter.ts";

/** One stream of bytes that holds records. */
export interface InputSource {
  /** As the user wrote it. */
  readonly file: string;
  /** Bytes as they are stored; absent where nobody knows beforehand. */
  readonly size?: number;
  readonly createSplitter: (options: SplitOptions) => Splitter;
  /** Its name says that it is compressed; its first bytes can say so too. */
  readonly isGzip: boolean;
  /** It was found in a folder and its name says nothing: it is read only if it begins as records do. */
  readonly isUnknown: boolean;
  open(): AsyncIterable<Uint8Array>;
}
