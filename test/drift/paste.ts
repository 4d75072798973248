import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FieldProposal } from "#drift";

/** Writes proposals into the policy files below a folder, as somebody would who takes them over. */
export function paste(folder: string, proposals: readonly FieldProposal[]): void {
  // From the end of a file to its beginning: lines that are still to be found do not move.
  for (const proposal of [...proposals].sort((left, right) => right.line - left.line)) {
    const file = join(folder, proposal.file);
    const lines = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, pasteInto(lines, proposal).join("\n"));
  }
  for (const { file, imports } of proposals) for (const path of imports) addImport(join(folder, file), path);
}

function pasteInto(lines: readonly string[], { line, field, text, first }: FieldProposal): readonly string[] {
  const [before, inside] = [lines.slice(0, line), lines.slice(line)];
  const changed = first === undefined ? inside : addOption(inside, first.field, first.text);
  return [...before, ...(field === undefined ? [text, ...changed] : addOption(changed, field, text.trim()))];
}

function addOption(lines: readonly string[], field: string, option: string): readonly string[] {
  const at = lines.findIndex((line) => new RegExp(` ${field} = \\d+`).test(line));
  return lines.map((line, index) => {
    if (index !== at) return line;
    return line.includes("[") ? line.replace("[", `[${option}, `) : line.replace(";", ` [${option}];`);
  });
}

function addImport(file: string, path: string): void {
  const text = readFileSync(file, "utf8");
  if (!text.includes(`import "${path}";`)) writeFileSync(file, text.replace(/^package .*$/m, `$&\nimport "${path}";`));
}
