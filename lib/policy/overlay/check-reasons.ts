import { CLASSES } from "#plan";
import type { Breach } from "../breach.ts";
import { revealsBeyond, revealsOf } from "../decide/chain-facts.ts";
import { decideLeaves, type LeafDecision, type SchemaQuestion } from "../decide/decide-leaves.ts";
import type { OverlayDecl } from "../source/declarations.ts";
import type { SchemaVariant } from "./variants.ts";

/** Checks that overlays which reveal more than what they replace say why. What was undecided revealed nothing. */
export function checkReasons(
  question: SchemaQuestion,
  { overlays }: SchemaVariant,
  leaves: readonly LeafDecision[],
): readonly Breach[] {
  return overlays
    .filter(({ reason }) => reason === "")
    .flatMap((overlay) => {
      const without = new Map(decideWithout(overlay, question).map((each) => [each.leaf.path, each]));
      const below = leaves.filter(({ leaf }) => leaf.targets.includes(overlay.path));
      return below.flatMap((after) => checkLeaf(overlay, without.get(after.leaf.path), after, question));
    });
}

function decideWithout(overlay: OverlayDecl, question: SchemaQuestion): readonly LeafDecision[] {
  const { around } = question;
  const here = around.overlays.get(overlay.path)?.filter((other) => other !== overlay) ?? [];
  const overlays = new Map([...around.overlays, [overlay.path, here]]);
  return decideLeaves({ ...question, around: { ...around, overlays } }).found;
}

function checkLeaf(
  { place, classification }: OverlayDecl,
  before: LeafDecision | undefined,
  after: LeafDecision,
  { schema }: SchemaQuestion,
): readonly Breach[] {
  const at = { schema: schema.name, path: after.leaf.path };
  const code = "POLICY_OVERLAY";
  const help = 'write reason: "…"';
  const [was, is] = [before?.classification.class, after.classification.class];
  if (classification !== undefined && was !== undefined && CLASSES.indexOf(is) < CLASSES.indexOf(was)) {
    const message = `expected a reason for a class below ${was}, got none`;
    return [{ code, place, message, at, help }];
  }
  return [...after.cells].flatMap(([name, { ops }]): readonly Breach[] => {
    const replaced = before?.cells.get(name);
    const more = revealsBeyond(revealsOf(ops), replaced === undefined ? [] : revealsOf(replaced.ops));
    if (more.length === 0) return [];
    const message = `expected a reason why ${name} learns more (${more.join(", ")}), got none`;
    return [{ code, place, message, at: { ...at, processors: [name] }, help }];
  });
}
