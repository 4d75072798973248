/**
 * The file system as the directory adapters use it: few calls, each with a known effect on what survives a crash.
 *
 * What a process wrote survives the process. It survives the machine only after `sync` (bytes and length of a file) or
 * `syncDirectory` (names in a directory). Errors of the operating system are thrown as they are.
 */
export interface Files {
  /** Opens a file for reading and writing; creates it empty when it is not there. */
  open(path: string): Promise<OpenFile>;
  /** Opens a file for reading only; undefined when it is not there. */
  openToRead(path: string): Promise<ReadableFile | undefined>;
  /** Gives a file another name, unless that is taken. */
  link(from: string, to: string): Promise<"ok" | "exists">;
  /** Gives a file a name instead of the one it has, and takes it from any file that had it. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a name; does nothing when it is not there. */
  remove(path: string): Promise<void>;
  /** Length of a file in bytes, or undefined when there is no file of this name. */
  sizeOf(path: string): Promise<number | undefined>;
  /** Names in a directory, or none when it is not there. */
  list(directory: string): Promise<readonly string[]>;
  /** Creates a directory and those above it; does nothing when it is there. */
  makeDirectory(directory: string): Promise<void>;
  syncDirectory(directory: string): Promise<void>;
}

export interface ReadableFile {
  readonly size: number;
  /** Reads up to `length` bytes; fewer at the end. Synchronous, since what is read here is nearly always in memory. */
  read(position: number, length: number): Uint8Array;
  close(): Promise<void>;
}

export interface OpenFile extends ReadableFile {
  write(bytes: Uint8Array, position: number): Promise<void>;
  truncate(size: number): Promise<void>;
  sync(): Promise<void>;
}

/** Writes a new file of these bytes and makes them survive a crash; its name does so once its directory is synced. */
export async function writeWhole(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  await files.remove(path);
  const file = await files.open(path);
  try {
    await file.write(bytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Reads a file whole; undefined when it is not there. */
export async function readWhole(files: Files, path: string): Promise<Uint8Array | undefined> {
  const file = await files.openToRead(path);
  try {
    return file?.read(0, file.size);
  } finally {
    await file?.close();
  }
}
