import { ShieldError } from "#errors";

/** What may be known of something that was thrown. */
export interface FailureDescription {
  /** The code of our own errors, else the class of the error. */
  readonly name: string;
  /** Our own errors' messages hold no event data; anybody else's may quote what was being worked on. */
  readonly message?: string;
  /** Where it was thrown, as `file:line:column`, innermost first. */
  readonly frames: readonly string[];
}

const MAX_FRAMES = 10;
const CLASS_NAME = /^[A-Za-z]\w{0,63}$/;
const FRAME = /^\s+at .*?([\w.-]+\.[mc]?[jt]s:\d+:\d+)\)?$/;

/** Describes a failure without quoting data. */
export function describeFailure(failure: unknown): FailureDescription {
  if (failure instanceof ShieldError) {
    return { name: failure.code, message: failure.message, frames: framesOf(failure) };
  }
  if (!(failure instanceof Error)) return { name: typeof failure, frames: [] };
  return { name: CLASS_NAME.test(failure.name) ? failure.name : "Error", frames: framesOf(failure) };
}

/** The message comes first in a stack and may look like frames itself, so it is cut off by its length. */
function framesOf({ name, message, stack = "" }: Error): readonly string[] {
  const start = stack.startsWith(name) ? stack.indexOf(message) + message.length : stack.length;
  const lines = stack.slice(start).split("\n");
  return lines.flatMap((line) => FRAME.exec(line)?.[1] ?? []).slice(0, MAX_FRAMES);
}
