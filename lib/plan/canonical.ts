/**
 * Writes plain data as RFC 8785 canonical JSON, UTF-8 encoded: the same bytes for the same data on any machine.
 *
 * Members that are undefined are left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalBytes(data: unknown): Uint8Array {
  return new TextEncoder().encode(writeCanonical(data));
}

function writeCanonical(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(writeCanonical).join(",")}]`;
  if (typeof data === "object" && data !== null) return `{${writeMembers(data).join(",")}}`;
  if (typeof data === "number" && !Number.isFinite(data)) throw new TypeError("expected a finite number, got another");
  return JSON.stringify(data);
}

function writeMembers(data: object): readonly string[] {
  const members = Object.entries(data).filter(([, value]) => value !== undefined);
  // RFC 8785 section 3.2.3 sorts by UTF-16 code units, as the default order of strings does.
  const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, value]) => `${JSON.stringify(name)}:${writeCanonical(value)}`);
}
