/** The facts of a Space that its policy is compiled with: where the Space is, and what stands above it. */
export interface SpaceFacts {
  readonly name: string;
  /** AWS region of the Space. */
  readonly region: string;
  /** The regional point of presence above it; absent = there is none, and no processor can be placed there. */
  readonly pop?: { readonly name: string; readonly region: string };
  /** The global centre. */
  readonly central?: { readonly region: string };
}

/** The Space of a laptop: everything is in one place. */
export const LOCAL_SPACE: SpaceFacts = {
  name: "local",
  region: "eu-west-1",
  pop: { name: "local", region: "eu-west-1" },
  central: { region: "eu-west-1" },
};
