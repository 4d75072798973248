import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { cached, scratchFolder } from "./cache.ts";
import { diesWithParent, run, stopProcess, until } from "./processes.ts";

const HERE = new URL(".", import.meta.url).pathname;
const PROJECT = new URL("../../..", import.meta.url).pathname;
const VERSION = "1.5.33";

/** A local AWS. `environment` points the AWS SDKs and the CDK at it. */
export interface MiniStack {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of its log and of what its Lambdas unpack. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts MiniStack on loopback; Lambdas run on the `node` that is first in `nodeFolder` or PATH. */
export async function startMiniStack(options: { readonly nodeFolder?: string } = {}): Promise<MiniStack> {
  const home = await cached(`ministack-${VERSION}`, installMiniStack);
  const folder = scratchFolder("ministack");
  const port = await freePort();
  prepareFolder(folder);
  const [command, args] = diesWithParent(join(home, "venv", "bin", "python"), [join(HERE, "ministack_launcher.py")]);
  const log = openSync(join(folder, "ministack.log"), "a");
  const env = serverEnvironment(folder, port, options.nodeFolder);
  const child = spawn(command, args, { env, stdio: ["ignore", log, log] });
  const stop = async () => {
    await stopProcess(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await until("a healthy MiniStack", 60_000, () => isHealthy(url, () => child.exitCode !== null, folder));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, environment: clientEnvironment(url), folder, stop };
}

async function installMiniStack(folder: string): Promise<void> {
  const venv = join(folder, "venv");
  // A virtual environment knows its own absolute path, so it is made where it will stay: --copies and python -m pip.
  run("python3", ["-m", "venv", "--copies", venv]);
  run(join(venv, "bin", "python"), ["-m", "pip", "-q", "install", "-r", join(HERE, "ministack-requirements.txt")]);
}

/** The CDK's own Lambdas expect `@aws-sdk/*` above them, as the real runtime offers it, and CommonJS. */
function prepareFolder(folder: string): void {
  mkdirSync(join(folder, "tmp"));
  writeFileSync(join(folder, "package.json"), '{"type":"commonjs"}\n');
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"));
}

/** A clean environment: what the host has set would leak into Lambdas. */
function serverEnvironment(folder: string, port: number, nodeFolder: string | undefined): Record<string, string> {
  const nodes = [nodeFolder, dirname(process.execPath)].filter((path) => path !== undefined);
  return {
    HOME: folder,
    PATH: [...nodes, "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    GATEWAY_PORT: String(port),
    BIND_HOST: "127.0.0.1",
    MINISTACK_HOST: "127.0.0.1",
    MINISTACK_ACCOUNT_ID: "111111111111",
    MINISTACK_REGION: "eu-west-1",
    LAMBDA_EXECUTOR: "local",
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    PERSIST_STATE: "0",
    S3_PERSIST: "0",
    TMPDIR: join(folder, "tmp"),
    STATE_DIR: join(folder, "state"),
    S3_DATA_DIR: join(folder, "s3"),
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

function clientEnvironment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: "111111111111",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_REGION: "eu-west-1",
    AWS_EC2_METADATA_DISABLED: "true",
    CDK_DEFAULT_ACCOUNT: "111111111111",
    CDK_DEFAULT_REGION: "eu-west-1",
    CDK_DISABLE_VERSION_CHECK: "1",
    CDK_DISABLE_CLI_TELEMETRY: "1",
  };
}

async function isHealthy(url: string, dead: () => boolean, folder: string): Promise<true | undefined> {
  if (dead()) throw new Error(`MiniStack exited\n${readFileSync(join(folder, "ministack.log"), "utf8").slice(-2_000)}`);
  const response = await fetch(`${url}/_ministack/health`).catch(() => undefined);
  return response?.ok ? true : undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
