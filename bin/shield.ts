#!/usr/bin/env node
import { main } from "#cli/main";
import { openIo } from "#cli/process-io";

process.exitCode = await main(process.argv.slice(2), openIo(import.meta.url));
