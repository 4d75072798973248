import { type KeyParts, type KeyScope, PURPOSES, type Purpose } from "#keys";

/** Two values for every part, so that each can be changed alone; of an owner three. */
const VALUES: { readonly [Part in keyof KeyParts]: readonly KeyParts[Part][] } = {
  processor: ["P", "Q"],
  generation: ["g1", "g2"],
  tenant: ["acme", "other"],
  kind: ["EMAIL", "PHONE"],
  owner: [{ processor: "P" }, { processor: "Q" }, { joinGroup: "P" }],
  epoch: [1, 2],
  person: ["AAAAAAAAAAAAAAAAAAAAAA", "BAAAAAAAAAAAAAAAAAAAAA"],
};

/** Every scope that the table allows with these values. */
export const SCOPES: readonly KeyScope[] = (Object.keys(PURPOSES) as Purpose[]).flatMap((purpose) => {
  const parts: readonly (keyof KeyParts)[] = PURPOSES[purpose].parts;
  const scopes = parts.reduce<readonly object[]>(
    (made, part) => made.flatMap((scope) => VALUES[part].map((value) => ({ ...scope, [part]: value }))),
    [{ purpose }],
  );
  return scopes as readonly KeyScope[];
});
