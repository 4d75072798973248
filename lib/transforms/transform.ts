import type { JsonKind, JsonValue } from "#json";
import type { TokenKey } from "#keys";
import type { Kind, Op, Reveal } from "#plan";

/** Everything a transform may use beside the value. Clock, randomness and keys are arguments: nothing is ambient. */
export interface TransformContext {
  /** Shape of the value's path, such as `data.object.identities[].user_id`. */
  readonly path: string;
  readonly kind: Kind;
  readonly nowMs: number;
  /** Key for keyed tokens of this cell: (processor or join group, kind, tenant, epoch). */
  pseudonymKey(): TokenKey;
  /**
   * Seals a value of this cell for the place where it will stand; returns the envelope.
   *
   * `SUBJECT` falls back to the processor's key in an event about nobody.
   */
  seal(plaintext: Uint8Array, scope: SealScope): Uint8Array;
  /** The context of what stands inside of the value: under a name, or at a position of the list that leaves. */
  inside(step: string | number): TransformContext;
}

/** Whose key seals a value. Erasing a subject makes what was sealed under its key unreadable. */
export type SealScope = "PROCESSOR" | "SUBJECT";

/** One parameter of a transform, in proto field terms; a test compares the table with the descriptor. */
export interface Parameter {
  /** The proto field's name (`snake_case`); ops carry it unchanged. */
  readonly name: string;
  readonly type: "uint32" | "string" | "bool" | "double" | "enum" | "strings" | "doubles" | "keys";
  readonly summary: string;
  /** What an unset parameter means, in words. */
  readonly default: string;
  /** Smallest and largest number, or length of a string in code points. */
  readonly min?: number;
  readonly max?: number;
  /** Allowed names of an enum. */
  readonly values?: readonly string[];
}

/** A documented case; all examples run as tests. */
export interface Example {
  readonly title: string;
  readonly op: Op;
  readonly kind?: Kind;
  /** JSON texts; `output` undefined = the value is dropped; `"<keyed>"` = depends on a key. */
  readonly input: string;
  readonly output: string | undefined;
}

/** What a transform is: facts that the compiler, the docs and the law tests read, and the code that applies it. */
export interface Transform {
  /** The case of `auth0.proto.options.types.v1.Transform` that selects it. */
  readonly name: string;
  /** One sentence, third person. */
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** JSON types it takes; a field that may have another type does not fit. */
  readonly accepts: readonly JsonKind[];
  /** JSON type of what it leaves: that of the input, another one, or nothing at all. */
  yields(op: Op): "same" | "none" | JsonKind;
  /** Kinds of field it makes sense for; absent = any. */
  readonly forKinds?: readonly Kind[];
  /**
   * What the length of its result tells: more of the value than the value's own length would, or nothing, since all
   * results are equally long; absent = no more than the length of what it was given.
   */
  readonly resultLength?: "tells" | "fixed";
  /** What the reader of the result learns of the value. Total over valid parameters. */
  reveals(op: Op): readonly Reveal[];
  /** What it draws from its context. */
  readonly uses: readonly ("pseudonymKey" | "seal" | "inside" | "clock")[];
  /** What may surprise: when a value is dropped or masked whole, what shows all the same, what is not told apart. */
  readonly failures: readonly string[];
  readonly examples: readonly Example[];
  /** Checks parameters against each other, beyond types and bounds; returns a breach as `expected …, got …`. */
  check?(op: Op): string | undefined;
  /** Reads the parameters once; all checks are done. */
  prepare(op: Op): Apply;
}

/**
 * Treats one value.
 *
 * Never changes its input. Returns undefined to drop the value, as it does with any of a JSON type that the transform
 * does not take; throws only when the event must be rejected.
 */
export type Apply = (value: JsonValue, context: TransformContext) => JsonValue | undefined;
