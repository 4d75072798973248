import type { Format, Row } from "#formats";
import { rejected } from "../outcome.ts";
import { dayAndHour, refuseTime } from "./event-time.ts";
import type { Layout } from "./layout.ts";

/** Objects of a format, partitioned by the hour in which their events happened: `dt=2026-01-31/hour=23/part-….ndjson`. */
export function createLakeLayout(format: Format): Layout<Row> {
  return {
    prepare(delivery) {
      const refusal = refuseTime(delivery);
      if (refusal !== undefined) return refusal;
      const row = format.read(delivery);
      if ("reject" in row) return rejected(row.reject, { at: row.column });
      const { day, hour } = dayAndHour(delivery.timeMs);
      return { partition: `dt=${day}/hour=${hour}`, row };
    },
    objectKey: (partition, name) => `${partition}/part-${name}${format.extension}`,
    encode: (rows) => format.encode(rows),
  };
}
