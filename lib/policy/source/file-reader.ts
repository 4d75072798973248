import type { DescFile } from "@bufbuild/protobuf";
import type { OptionReader } from "./options.ts";
import type { SourcePlaces } from "./places.ts";

/** One file, and what is needed to read it. */
export interface FileReader {
  readonly file: DescFile;
  readonly options: OptionReader;
  readonly places: SourcePlaces;
}
