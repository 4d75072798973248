import type { Form } from "#feeds";
import type { JsonKind } from "#json";
import type { Role } from "#plan";
import type { Pen } from "../canaries/pen.ts";
import type { SpotStanding } from "../canaries/spot.ts";
import type { Blueprint } from "./blueprint.ts";
import type { PlantedValue } from "./value-forms.ts";

/** Which event is to be made. */
export interface Plot {
  readonly blueprint: Blueprint;
  readonly form: Form;
  /** Chooses the forms of values: 0 = each as its cell expects it. */
  readonly turn: number;
  /** Another one for each event. */
  readonly number: number;
  /** The roles in which it is about people who are erased. */
  readonly erased: readonly Role[];
  /** Hostile values at pinned paths too. */
  readonly unpinned: boolean;
}

/** A value at a declared path. */
export interface PlacedValue extends PlantedValue {
  /** It may stand there. */
  readonly fits: boolean;
  /** The JSON type as which it is read, where that is another one. */
  readonly readAs?: JsonKind;
}

/** Gives canaries of one event the spot they stand at. */
export type PenAt = (path: string, standing: SpotStanding) => Pen;
