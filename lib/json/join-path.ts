/** Writes where a member stands: the name after the path of its object, which is empty for the root. */
export function joinPath(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}
