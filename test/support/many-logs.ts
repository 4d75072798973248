import { once } from "node:events";
import { createWriteStream } from "node:fs";

/** Log events of different kinds of people and applications, as a log stream sends them. */
export interface ManyLogs {
  readonly file: string;
  /** How many events, all different. */
  readonly events: number;
}

/** Writes many log events to a file, one per line of about 900 bytes. */
export async function writeManyLogs({ file, events }: ManyLogs): Promise<void> {
  const stream = createWriteStream(file);
  for (let number = 0; number < events; number++) {
    if (!stream.write(`${JSON.stringify(logRecord(number))}\n`)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "close");
}

function logRecord(number: number): object {
  const log_id = `900202611211200000${String(number).padStart(38, "0")}`;
  const user = `${number % 5_000}`.padStart(24, "0");
  return {
    log_id,
    data: {
      log_id,
      date: new Date(Date.UTC(2026, 10, 21, 12) + number * 20).toISOString(),
      type: number % 3 === 0 ? "f" : "s",
      description: `Login of user ${user}`,
      connection: "Username-Password-Authentication",
      connection_id: "con_0000000000000001",
      client_id: "AaBbCcDdEeFf00112233445566778899",
      client_name: "All Applications",
      ip: `198.51.${number % 256}.${(number * 7) % 256}`,
      user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
      hostname: "login.example.com",
      user_id: `auth0|${user}`,
      user_name: `user-${user}@example.com`,
      strategy: "auth0",
      strategy_type: "database",
      details: { session_id: `session-${number}`, stats: { loginsCount: number % 100 } },
      $event_schema: { version: "1.0.0" },
      environment_name: "prod-eu-1",
      tenant_name: "example",
    },
  };
}
