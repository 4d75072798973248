import type { SpaceFacts } from "#manifest";

export type { SpaceFacts };

/** The Space of a laptop: everything is in one place. */
export const LOCAL_SPACE: SpaceFacts = {
  name: "local",
  region: "eu-west-1",
  pop: { name: "local", region: "eu-west-1" },
  central: { region: "eu-west-1" },
};
