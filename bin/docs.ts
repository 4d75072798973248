// Writes every generated page. Run by `npm run docs`.
import { writeFileSync } from "node:fs";
import { GENERATED_FILES } from "#docs";

for (const { file, render } of GENERATED_FILES) {
  writeFileSync(new URL(`../${file}`, import.meta.url), await render());
}
