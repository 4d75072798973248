import { resolve } from "node:path";
import {
  isOutdated,
  planUpdate,
  readOfficialSchemas,
  readPack,
  renderUpdate,
  summarizeUpdate,
  writeUpdate,
} from "#auth0";
import { renderExamples } from "../command.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { defineCommand } from "../options/define-command.ts";
import { flag, text } from "../options/kinds.ts";
import { packFolder } from "../policy/pack-folder.ts";
import { printableJson, printableLines } from "../terminal/printable.ts";

const OPTIONS = {
  from: text("--from <dir>", "folder of Auth0's schemas (default: those that the pack was made of)"),
  write: flag("--write", "take the differences over; what is new is dropped until someone has looked at it"),
  policies: text("--policies <dir>", "policies folder with a pack of its own (default: the pack of Event Shield)"),
  json: flag("--json", "write JSON for programs"),
};

/** `shield auth0 update`: compares the pack with official schemas, and with `--write` takes the differences over. */
export const auth0Update = defineCommand({
  options: OPTIONS,

  configure(command) {
    command.addHelpText("after", `${EXAMPLES}${EXITS}`);
  },

  async run({ options }, io) {
    const { from, write, json } = options;
    const folder = packFolder(options, io);
    const found = planUpdate(readPack(folder), from === undefined ? {} : readOfficialSchemas(resolve(io.cwd, from)));
    if (write) writeUpdate(folder, found);
    const isWritten = write === true;
    io.stdout.write(
      json ? `${printableJson(summarizeUpdate(found))}\n` : printableLines(renderUpdate(found, { isWritten })),
    );
    return isOutdated(found) && !isWritten ? EXIT_CODES.findings : EXIT_CODES.fine;
  },
});

const EXAMPLES = renderExamples([
  ["what a newer copy of auth0/auth0-log-schemas would change", "shield auth0 update --from schemas/"],
  ["take it over", "shield auth0 update --from schemas/ --write"],
  ["make the pack again after a change of its rules or its review", "shield auth0 update --write"],
]);

const EXITS = `
Exit codes:
  0    no drift, or it was taken over
  1    there is drift
  2    the pack or the schemas cannot be read, or no rule decides a field
`;
