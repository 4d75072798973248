import type { Mutant } from "../mutant.ts";
import { ANSWER_BUGS } from "./answers.ts";
import { CLAIM_BUGS } from "./claims.ts";
import { COUNT_BUGS } from "./counts.ts";
import { ISOLATION_BUGS } from "./isolation.ts";
import { LIMIT_BUGS } from "./limits.ts";
import { ORDER_BUGS } from "./orders.ts";
import { TIME_BUGS } from "./times.ts";

export const BUGS: readonly Mutant[] = [
  ...CLAIM_BUGS,
  ...ANSWER_BUGS,
  ...ORDER_BUGS,
  ...ISOLATION_BUGS,
  ...TIME_BUGS,
  ...LIMIT_BUGS,
  ...COUNT_BUGS,
];
