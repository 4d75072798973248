#!/usr/bin/env node
import { EXIT_CODES } from "#cli/exit-code";
import { main } from "#cli/main";
import { openIo } from "#cli/process-io";
import { reportFailure } from "#cli/terminal/report-failure";

const io = openIo(import.meta.url);
// What nobody waits for fails outside of `main`; Node would print a stack, and messages that may quote data.
process.on("uncaughtException", (error) => {
  reportFailure(error, { io });
  process.exit(EXIT_CODES.unusable);
});
process.exitCode = await main(process.argv.slice(2), io);
