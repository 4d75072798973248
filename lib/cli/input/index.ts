export type {
  InputItem,
  InputProblem,
  InputProgress,
  InputRecord,
  Inputs,
  InputUnread,
  OversizeRecord,
} from "./input.ts";
export { type OpenOptions, openInputs } from "./open-inputs.ts";
