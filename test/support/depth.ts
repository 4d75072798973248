/** Tells whether this is `npm run test:deep`. */
export function isDeep(): boolean {
  return process.env["DEPTH"] === "deep";
}

/** How often something is tried: a few times in `npm test`, many times in `npm run test:deep`. */
export function times({ few, deep }: { readonly few: number; readonly deep: number }): number {
  return isDeep() ? deep : few;
}
