import { renderContracts } from "./contracts.ts";
import { renderErrors } from "./errors.ts";
import { renderHouse } from "./house.ts";
import { renderKinds } from "./kinds.ts";
import { renderShippedMatrix } from "./matrix.ts";
import { renderTransforms } from "./transforms.ts";

/** A file whose text follows from the code's tables. It is committed, and a test compares it with its source. */
export interface GeneratedFile {
  /** Path from the root of the repository. */
  readonly file: string;
  render(): string | Promise<string>;
}

export const GENERATED_FILES: readonly GeneratedFile[] = [
  { file: "contracts.json", render: renderContracts },
  { file: "lib/README.md", render: renderHouse },
  { file: "lib/transforms/TRANSFORMS.md", render: renderTransforms },
  { file: "lib/errors/ERRORS.md", render: renderErrors },
  { file: "policies/MATRIX.md", render: renderShippedMatrix },
  { file: "policies/KINDS.md", render: renderKinds },
];
