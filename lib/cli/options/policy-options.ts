import { PolicyError } from "#errors";
import type { Policy } from "#policy";
import { installedPoliciesDir } from "../installation.ts";
import type { Io } from "../io.ts";
import { choosePolicy, loadPlans, loadPolicy, type PlanSet, type PolicyOptions } from "../policy/load-policy.ts";
import { renderDiagnostics } from "../terminal/diagnostics.ts";
import { flag, text } from "./kinds.ts";
import type { OptionValues } from "./option.ts";

/** Options of every command that works with a policy. */
export const POLICY_OPTIONS = {
  policies: text("--policies <dir>", "folder of your policy files (default: the ones that ship with Event Shield)"),
  space: text(
    "--space <name>",
    "compile for this Space of <dir>/deployments (default: its only one, else this machine)",
  ),
  json: flag("--json", "write JSON for programs"),
};

export type PolicyCommandOptions = OptionValues<typeof POLICY_OPTIONS>;

/** Loads the policy that is meant; where it breaks its rules, says how and returns undefined. */
export function openPolicy(options: PolicyCommandOptions, io: Io): Promise<Policy | undefined> {
  return orTellBreaches(loadPolicy, options, io);
}

/** The same without the matrix. */
export function openPlans(options: PolicyCommandOptions, io: Io): Promise<PlanSet | undefined> {
  return orTellBreaches(loadPlans, options, io);
}

async function orTellBreaches<Loaded>(
  load: (options: PolicyOptions, io: Io) => Promise<Loaded>,
  options: PolicyCommandOptions,
  io: Io,
): Promise<Loaded | undefined> {
  try {
    return await load(options, io);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const { policiesDir } = choosePolicy(options, io);
    const { diagnostics } = error;
    if (options.json) io.stdout.write(`${JSON.stringify({ ok: false, diagnostics })}\n`);
    else io.stderr.write(renderDiagnostics(diagnostics, [policiesDir, installedPoliciesDir(io.install)], io));
    return undefined;
  }
}
