/** The way from the root of what leaves to a value in it: member names and list positions; undefined = the root. */
export type Trail = TrailStep | undefined;

export interface TrailStep {
  readonly above: Trail;
  readonly step: string | number;
  /** It leads to the name of a member, by its position: no value stands there. */
  readonly isName?: true;
}

/**
 * Writes a trail as JSON Pointer (RFC 6901): `/data/object/identities/0/user_id`.
 *
 * The name of a member ends in `/~name` and its position, which points to nothing, so that no value has the same.
 */
export function pointerTo(trail: Trail): string {
  if (trail === undefined) return "";
  return `${pointerTo(trail.above)}/${trail.isName ? `~name${trail.step}` : escapeStep(String(trail.step))}`;
}

function escapeStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
