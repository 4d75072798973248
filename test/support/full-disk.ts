import type { Files, OpenFile } from "#delivery/directory/files";

export const NO_SPACE: Error = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });

/** A disk on which writes fail while `isFull` says so, after half of the bytes were written. */
export function fullDisk(files: Files, isFull: () => boolean): Files {
  return {
    ...files,
    async open(path) {
      const file = await files.open(path);
      return {
        ...file,
        get size() {
          return file.size;
        },
        write: (bytes, position) => write(file, bytes, position, isFull()),
      };
    },
  };
}

async function write(file: OpenFile, bytes: Uint8Array, position: number, isFull: boolean): Promise<void> {
  if (!isFull) return file.write(bytes, position);
  await file.write(bytes.subarray(0, bytes.length / 2), position);
  throw NO_SPACE;
}
