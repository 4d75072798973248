export type { InputItem, InputProblem, InputProgress, InputRecord, Inputs, OversizeRecord } from "./input.ts";
export { type OpenOptions, openInputs } from "./open-inputs.ts";
