import { join } from "node:path";

/** Where the parts of a directory stand. */
export interface Folders {
  /** The output directory. */
  readonly directory: string;
  /** Everything that is not output. */
  readonly own: string;
  readonly states: string;
  readonly temporary: string;
  readonly journal: string;
  readonly register: string;
  readonly checkpoint: string;
}

export function foldersOf(directory: string): Folders {
  const own = join(directory, ".shield");
  return {
    directory,
    own,
    states: join(own, "states"),
    temporary: join(own, "temporary"),
    journal: join(own, "journal"),
    register: join(own, "streams.json"),
    checkpoint: join(own, "checkpoint.json"),
  };
}
