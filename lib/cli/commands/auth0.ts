import { type CommandGroup, renderExamples } from "../command.ts";

/** `shield auth0`: what has to do with Auth0's own schemas. */
export const auth0: CommandGroup = {
  configure(command) {
    command.addHelpText("after", EXAMPLES);
  },
  commands: [
    {
      name: "update",
      summary: "compare the Auth0 pack with newer official schemas, and take differences over",
      load: async () => (await import("./auth0-update.ts")).auth0Update,
    },
    {
      name: "sample",
      summary: "make events that Auth0 could send, of invented people",
      load: async () => (await import("./auth0-sample.ts")).auth0Sample,
    },
  ],
};

const EXAMPLES = renderExamples([
  ["what a newer copy of auth0/auth0-log-schemas would change", "shield auth0 update --from schemas/"],
  ["a thousand events of every type, under the policy", "shield auth0 sample --count 1000 | shield run - --out out/"],
]);
