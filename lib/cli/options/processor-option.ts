import { PROCESSOR_NAME } from "#plan";
import { texts } from "./kinds.ts";

export const PROCESSOR_OPTION = { processor: texts("--processor <name...>", "only these processors") };

interface CallWithProcessors {
  readonly operands: readonly string[];
  readonly options: { readonly processor?: readonly string[] };
}

/**
 * Takes operands out of the names of `--processor`: the option ends where something follows that is no processor's name,
 * so that `--processor ARCHIVE events/` reads the folder.
 */
export function separateOperands<Call extends CallWithProcessors>(call: Call): Call {
  const { operands, options } = call;
  const words = options.processor ?? [];
  const end = words.findIndex((word, index) => index > 0 && !PROCESSOR_NAME.pattern.test(word));
  if (end === -1) return call;
  return {
    ...call,
    operands: [...operands, ...words.slice(end)],
    options: { ...options, processor: words.slice(0, end) },
  };
}
