import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { cached, scratchFolder, sha256OfFile } from "./cache.ts";
import { diesWithParent, run, stopProcess, until } from "./processes.ts";

const VERSION = "3.6.0";
const ARTIFACT = `org.opensearch.distribution.integ-test-zip:opensearch:${VERSION}:zip`;
const SHA256 = "a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286";
const MAVEN_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";
const OLDEST_JAVA = 21;

/** OpenSearch refuses uid 0, so root runs it as `nobody`. */
const UNPRIVILEGED = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

export interface OpenSearch {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a real OpenSearch node on loopback, without security plugin, on a port the kernel chooses. */
export async function startOpenSearch(): Promise<OpenSearch> {
  const home = await cached(`opensearch-${VERSION}`, unpackDistribution);
  const base = scratchFolder("opensearch");
  writeConfiguration(base, home);
  const child = startNode(base, home);
  const stop = async () => {
    await stopProcess(child);
    rmSync(base, { recursive: true, force: true });
  };
  try {
    return { url: await until("a healthy OpenSearch", 180_000, () => healthyUrl(base, child)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function unpackDistribution(folder: string): Promise<void> {
  run("mvn", ["-B", "-q", MAVEN_COPY, `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${folder}`], { cwd: folder });
  const zip = join(folder, `opensearch-${VERSION}.zip`);
  const found = await sha256OfFile(zip);
  if (found !== SHA256) throw new Error(`expected SHA-256 ${SHA256}, got ${found} of ${ARTIFACT}`);
  run("python3", ["-m", "zipfile", "-e", zip, folder]);
  rmSync(zip);
  const unpacked = join(folder, `opensearch-${VERSION}`);
  for (const name of readdirSync(unpacked)) renameSync(join(unpacked, name), join(folder, name));
  chmodSync(folder, 0o755);
  run("chmod", ["-R", "a+rX", folder]);
}

function writeConfiguration(base: string, home: string): void {
  for (const name of ["config", "data", "logs", "tmp"]) mkdirSync(join(base, name));
  const settings = {
    "cluster.name": "e2e",
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "http.port": "0",
    "transport.port": "0",
    "node.portsfile": "true",
    "path.data": join(base, "data"),
    "path.logs": join(base, "logs"),
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "action.auto_create_index": "false",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  writeFileSync(join(base, "config", "opensearch.yml"), lines.join(""));
  copyFileSync(join(home, "config", "log4j2.properties"), join(base, "config", "log4j2.properties"));
  giveTo(UNPRIVILEGED, [
    base,
    ...readdirSync(base, { recursive: true, encoding: "utf8" }).map((name) => join(base, name)),
  ]);
}

function giveTo({ uid, gid }: { readonly uid?: number; readonly gid?: number }, files: readonly string[]): void {
  if (uid === undefined || gid === undefined) return;
  for (const file of files) chownSync(file, uid, gid);
}

function startNode(base: string, home: string): ChildProcess {
  const java = findJava();
  const [command, args] = diesWithParent(join(java, "bin", "java"), javaArguments(base, home));
  const log = openSync(join(base, "stdout.log"), "a");
  const env = { PATH: "/usr/bin:/bin", HOME: base, LANG: "C.UTF-8" };
  return spawn(command, args, { ...UNPRIVILEGED, cwd: base, env, stdio: ["ignore", log, log] });
}

/** The node's own class is started directly: its start script would run two more JVMs first. */
function javaArguments(base: string, home: string): readonly string[] {
  return [
    "-Xms512m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
    `-Djava.io.tmpdir=${join(base, "tmp")}`,
    "-Dfile.encoding=UTF-8",
    "-Djna.nosys=true",
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dlog4j2.disable.jmx=true",
    "-Djava.locale.providers=SPI,CLDR",
    "--add-modules=jdk.incubator.vector",
    `-javaagent:${join(home, "agent", "opensearch-agent.jar")}`,
    "--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED",
    `-Dopensearch.path.home=${home}`,
    `-Dopensearch.path.conf=${join(base, "config")}`,
    "-Dopensearch.distribution.type=zip",
    "-Dopensearch.bundled_jdk=false",
    "-cp",
    join(home, "lib", "*"),
    "org.opensearch.bootstrap.OpenSearch",
  ];
}

function findJava(): string {
  const roots = ["/usr/lib/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines"].filter(existsSync);
  const installed = roots.flatMap((root) => readdirSync(root).map((name) => join(root, name)));
  const candidates = [process.env["JAVA_HOME"], ...installed].filter((home) => home !== undefined);
  const fit = candidates.find((home) => javaMajor(home) >= OLDEST_JAVA);
  if (fit === undefined) throw new Error(`expected a JDK of at least ${OLDEST_JAVA}, found none; set JAVA_HOME`);
  return fit;
}

function javaMajor(home: string): number {
  const release = join(home, "release");
  if (!existsSync(release)) return 0;
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, "utf8"))?.[1] ?? 0);
}

async function healthyUrl(base: string, child: ChildProcess): Promise<string | undefined> {
  if (child.exitCode !== null) throw new Error(`OpenSearch exited\n${readFileSync(join(base, "stdout.log"), "utf8")}`);
  const ports = join(base, "logs", "http.ports");
  if (!existsSync(ports)) return undefined;
  const address = readFileSync(ports, "utf8")
    .split("\n")
    .find((line) => line.startsWith("127.0.0.1:"));
  if (address === undefined) return undefined;
  const url = `http://${address.trim()}`;
  const response = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=2s`).catch(() => undefined);
  return response?.ok ? url : undefined;
}
