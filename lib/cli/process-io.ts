import { randomBytes } from "node:crypto";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { EXIT_CODES } from "./exit-code.ts";
import { findInstallation } from "./installation.ts";
import type { Io, TextOutput } from "./io.ts";
import { reportFailure } from "./terminal/report-failure.ts";

/** Opens this process as the world of a command. `entry` is the URL of the script that runs, one folder below the root. */
export function openIo(entry: string): Io {
  return {
    get stdin() {
      return process.stdin;
    },
    stdout: openOutput(process.stdout),
    stderr: openOutput(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    install: findInstallation(fileURLToPath(new URL("..", entry))),
    interrupt: watchInterrupts(),
    nowMs: () => Date.now(),
    random: (length) => randomBytes(length),
  };
}

/**
 * A reader that closes its end early (`| head`) has what it wanted: the work goes on, and nothing is said about it.
 * Results that cannot be written otherwise are a failure, whatever the command thinks.
 */
function openOutput(stream: NodeJS.WriteStream): TextOutput {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.once("exit", () => {
      process.exitCode = EXIT_CODES.unusable;
    });
    if (stream !== process.stderr) reportFailure(error, { io: { stderr: process.stderr, env: process.env } });
  });
  return stream;
}

/** The first interrupt asks to stop, the second stops at once, as it would without us. */
function watchInterrupts(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      controller.abort();
      // A reader that waits for more input would keep the process alive.
      process.stdin.destroy();
    });
  }
  return controller.signal;
}
