import { join } from "node:path";
import { cached } from "./cache.ts";
import { run } from "./processes.ts";

const PACKAGE = "fastavro==1.13.1";

/** Path of a Python that has fastavro, a reader of Avro that shares no code with ours. */
export async function fastavroPython(): Promise<string> {
  const home = await cached(PACKAGE.replace("==", "-"), async (folder) => {
    run("python3", ["-m", "venv", "--copies", join(folder, "venv")]);
    run(join(folder, "venv", "bin", "python"), ["-m", "pip", "-q", "install", "--no-deps", PACKAGE]);
  });
  return join(home, "venv", "bin", "python");
}
