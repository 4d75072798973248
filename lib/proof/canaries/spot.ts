import type { Role } from "#plan";

/** How the value at a spot relates to what the schema declares there. */
export type SpotStanding =
  /** A value that may stand at a declared path. */
  | "declared"
  /** A value that may not: of another JSON type, none of the allowed words, no address. */
  | "misfit"
  /** The key of a map's entry. */
  | "key"
  /** A member that nobody declares: its name, or anything in its value. */
  | "undeclared"
  /** Outside the inner event: in an envelope that carried it. */
  | "around"
  /** In a record that is no event. */
  | "no event";

/** Where a value stands in the input of the proof. */
export interface Spot {
  /** Full name of the schema that routing finds; "" where there is none. */
  readonly schema: string;
  /** The event type. */
  readonly type: string;
  /** As rows of the matrix are written; what is undeclared stands under the path of the object that holds it. */
  readonly path: string;
  readonly standing: SpotStanding;
  /** The roles in which the event is about people who are erased. */
  readonly erased: readonly Role[];
}
