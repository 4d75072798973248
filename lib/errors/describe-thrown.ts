import { ShieldError } from "./errors.ts";

/** What may be known of something that was thrown. */
export interface ThrownDescription {
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

/** Describes what was thrown without quoting data. */
export function describeThrown(thrown: unknown): ThrownDescription {
  if (thrown instanceof ShieldError) {
    return { name: thrown.code, message: thrown.message, frames: framesOf(thrown) };
  }
  if (!(thrown instanceof Error)) return { name: typeof thrown, frames: [] };
  return { name: nameOfThrown(thrown), frames: framesOf(thrown) };
}

/** The name of an error's class, where it looks like one; whoever throws may write anything there. */
export function nameOfThrown({ name }: { readonly name: string }): string {
  return CLASS_NAME.test(name) ? name : "Error";
}

/** The message comes first in a stack and may look like frames itself: without it no line can be told from data. */
function framesOf({ name, message, stack = "" }: Error): readonly string[] {
  const at = stack.startsWith(name) ? stack.indexOf(message) : -1;
  if (at === -1) return [];
  const lines = stack.slice(at + message.length).split("\n");
  return lines.flatMap((line) => FRAME.exec(line)?.[1] ?? []).slice(0, MAX_FRAMES);
}
