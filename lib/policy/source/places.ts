import type { DescExtension, DescFile, DescMessage, FileRegistry } from "@bufbuild/protobuf";
import type { SourcePlace } from "./declarations.ts";

/** Field numbers and indexes from the root of a file's descriptor, as source info has them. */
export type DescriptorPath = readonly number[];

/** Finds where the parts of one file are written. */
export interface SourcePlaces {
  /** The place of a declaration, or of the nearest thing inside or around it that has one. */
  at(path: DescriptorPath): SourcePlace;
  /**
   * The place of an option, or of a part of it.
   *
   * @param options path of the `options` message
   * @param steps full name of the extension, then names of fields and indexes of list entries
   */
  atOption(options: DescriptorPath, extension: string, ...steps: readonly (string | number)[]): SourcePlace;
  /** Tells whether source info has exactly this path: the only way to see whether a `json_name` is written. */
  isWritten(path: DescriptorPath): boolean;
}

export function createPlaces(file: DescFile, registry: FileRegistry): SourcePlaces {
  const spans = readSpans(file);
  const at = (path: DescriptorPath): SourcePlace => {
    const [line = -1, column = -1] = findNearest(spans, path) ?? [];
    return { file: file.proto.name, line: line + 1, column: column + 1 };
  };
  return {
    at,
    atOption: (options, extension, ...steps) => at([...options, ...toNumbers(registry.getExtension(extension), steps)]),
    isWritten: (path) => spans.has(path.join(".")),
  };
}

function readSpans(file: DescFile): ReadonlyMap<string, readonly number[]> {
  const locations = file.proto.sourceCodeInfo?.location ?? [];
  const spans = new Map<string, readonly number[]>();
  for (const { path, span } of locations) {
    const key = path.join(".");
    if (!spans.has(key)) spans.set(key, span);
  }
  return spans;
}

/** Source info has no entry for a message inside an option: the first thing in it stands for it, else what is around. */
function findNearest(
  spans: ReadonlyMap<string, readonly number[]>,
  path: DescriptorPath,
): readonly number[] | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join(".");
    const span = spans.get(key) ?? (length === path.length ? findInside(spans, key) : undefined);
    if (span !== undefined) return span;
  }
  return undefined;
}

function findInside(spans: ReadonlyMap<string, readonly number[]>, key: string): readonly number[] | undefined {
  for (const [path, span] of spans) if (path.startsWith(`${key}.`)) return span;
  return undefined;
}

function toNumbers(extension: DescExtension | undefined, steps: readonly (string | number)[]): readonly number[] {
  if (extension === undefined) return [];
  const numbers = [extension.number];
  let message = extension.message;
  for (const step of steps) {
    if (typeof step === "number") {
      numbers.push(step);
      continue;
    }
    const field: DescMessage["fields"][number] | undefined = message?.fields.find(({ name }) => name === step);
    if (field === undefined) break;
    numbers.push(field.number);
    message = field.message;
  }
  return numbers;
}
