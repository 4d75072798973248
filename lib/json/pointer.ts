/** The way from the root of what leaves to a value in it: member names and list positions; undefined = the root. */
export type Trail = { readonly above: Trail; readonly step: string | number } | undefined;

/** Writes a trail as JSON Pointer (RFC 6901): `/data/object/identities/0/user_id`. */
export function pointerTo(trail: Trail): string {
  return trail === undefined ? "" : `${pointerTo(trail.above)}/${escapeStep(String(trail.step))}`;
}

function escapeStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
