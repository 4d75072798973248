import { isDate } from "#plan";
import { type Breach, type Found, helpWith } from "../breach.ts";
import { checkCells } from "../decide/check-cells.ts";
import type { Schema } from "../schema/schema.ts";
import type { OverlayDecl, PolicySource } from "../source/declarations.ts";

/** Overlays by the name of the schema whose fields they decide; those without a target are left out. */
export type Overlays = ReadonlyMap<string, readonly OverlayDecl[]>;

/** Finds the targets of overlays. `today` is an RFC 3339 date. */
export function resolveOverlays(source: PolicySource, schemas: readonly Schema[], today: string): Found<Overlays> {
  const resolved = source.overlays.map((overlay) => resolveOverlay(overlay, schemas));
  const targets = resolved.flatMap(({ found }) => found);
  const bySchema = new Map<string, OverlayDecl[]>();
  for (const overlay of targets) {
    bySchema.set(overlay.schema, [...(bySchema.get(overlay.schema) ?? []), overlay]);
  }
  const breaches = [
    ...resolved.flatMap((each) => each.breaches),
    ...source.overlays.flatMap((overlay) => [...checkOverlay(overlay, today), ...checkCells(overlay.cells, source)]),
    ...checkTwins(targets),
  ];
  return { found: bySchema, breaches };
}

function resolveOverlay(overlay: OverlayDecl, schemas: readonly Schema[]): Found<readonly OverlayDecl[]> {
  const schema = schemas.find(({ name }) => name === overlay.schema);
  if (schema === undefined) {
    const names = schemas.map(({ name }) => name);
    const message = `expected the full name of a schema, got ${overlay.schema || "none"}`;
    return { found: [], breaches: [wrong(overlay, message, helpWith(overlay.schema, names).help)] };
  }
  const path = overlay.path.replace(/(\[\]|\{\})$/, "");
  const targets = [...new Set(schema.leaves.flatMap((leaf) => leaf.targets))];
  const breaches: Breach[] = overlay.types
    .filter((type) => !isTypeOf(type, schema, schemas))
    .map((type) => wrong(overlay, `expected types of ${schema.name}, got ${type}`, helpWith(type, schema.types).help));
  if (targets.includes(path)) return { found: [{ ...overlay, path }], breaches };
  const message = `expected a path of ${schema.name}, got ${overlay.path || "none"}`;
  return { found: [], breaches: [...breaches, wrong(overlay, message, helpWith(path, targets).help)] };
}

/** A base schema has every type of its feed that no other schema names. */
function isTypeOf(type: string, schema: Schema, schemas: readonly Schema[]): boolean {
  if (schema.types.includes(type)) return true;
  return schema.base && !schemas.some(({ feed, types }) => feed === schema.feed && types.includes(type));
}

function checkOverlay(overlay: OverlayDecl, today: string): readonly Breach[] {
  const { classification, cells, until } = overlay;
  const breaches: Breach[] = [];
  if (classification === undefined && cells.length === 0) {
    breaches.push(wrong(overlay, "expected a classification or a processor in the overlay, got neither"));
  }
  if (until === undefined) return breaches;
  if (!isDate(until)) return [...breaches, wrong(overlay, `expected a date such as 2027-01-01 in until, got ${until}`)];
  if (until > today) return breaches;
  const message = `expected an overlay that still holds, got one until ${until}`;
  return [...breaches, wrong(overlay, message, "decide again: remove it, or give it a later date and a reason")];
}

/** Two overlays must not decide one thing: the same target, for a type both hold for. */
function checkTwins(overlays: readonly OverlayDecl[]): readonly Breach[] {
  return overlays.flatMap((overlay, index) =>
    overlays
      .slice(0, index)
      .filter((other) => other.schema === overlay.schema && other.path === overlay.path && shareTypes(other, overlay))
      .flatMap((other) =>
        sharedParts(other, overlay).map((part): Breach => {
          const { file, line } = other.place;
          const message = `expected one overlay for ${part} of ${overlay.path}, got a second beside that of ${file}:${line}`;
          return { code: "POLICY_CONFLICT", place: overlay.place, message };
        }),
      ),
  );
}

function shareTypes(a: OverlayDecl, b: OverlayDecl): boolean {
  return a.types.length === 0 || b.types.length === 0 || a.types.some((type) => b.types.includes(type));
}

function sharedParts(a: OverlayDecl, b: OverlayDecl): readonly string[] {
  const names = (overlay: OverlayDecl) => overlay.cells.flatMap(({ processors }) => processors);
  const shared = [...new Set(names(a))].filter((name) => names(b).includes(name));
  return a.classification !== undefined && b.classification !== undefined ? ["the class", ...shared] : shared;
}

function wrong({ place }: OverlayDecl, message: string, help?: string): Breach {
  return { code: "POLICY_OVERLAY", place, message, ...(help !== undefined && { help }) };
}
