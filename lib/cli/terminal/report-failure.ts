import type { Io } from "../io.ts";
import { describeFailure } from "./failure.ts";
import { createPaint } from "./paint.ts";
import { printable } from "./printable.ts";

interface Reporting {
  readonly io: Pick<Io, "stderr" | "env"> & Partial<Pick<Io, "stdout">>;
  /** Machines read stdout: they get the failure there, as JSON. */
  readonly json?: boolean;
}

/** Tells the user why the command could not do its work; the stack only where `SHIELD_DEBUG=1` asks for it. */
export function reportFailure(error: unknown, { io, json }: Reporting): void {
  const { code, message, help } = describeFailure(error);
  if (json) io.stdout?.write(`${JSON.stringify({ error: { code, message, help } })}\n`);
  const paint = createPaint(io.stderr, io.env);
  io.stderr.write(`${paint.red(`error[${code}]`)}: ${printable(message)}\n`);
  if (help !== undefined) io.stderr.write(`  ${paint.cyan("help")}: ${help}\n`);
  if (io.env["SHIELD_DEBUG"] === "1" && error instanceof Error) io.stderr.write(`${error.stack}\n`);
}
