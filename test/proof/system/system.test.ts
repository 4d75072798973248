import { createHash } from "node:crypto";
import fs from "node:fs";
import { gzipSync } from "node:zlib";
import { HttpRequest } from "@smithy/core/protocols";
import { describe, expect, it } from "vitest";
import { formatOf } from "#formats";
import { planFor } from "#support/plans";
import { captureOutput } from "../../../lib/proof/system/capture.ts";
import type { Emission } from "../../../lib/proof/system/channels.ts";
import { createMemoryDisk } from "../../../lib/proof/system/memory-files.ts";
import { createRecordingHandler } from "../../../lib/proof/system/recording-handler.ts";
import { unpack } from "../../../lib/proof/system/unpack.ts";

function recorder() {
  const emissions: Emission[] = [];
  return {
    emit: (emission: Emission) => emissions.push(emission),
    texts: () => emissions.map(({ channel, bytes }) => `${channel}: ${Buffer.from(bytes)}`),
  };
}

describe("what is written to standard output and error", () => {
  it("is taken, whichever way it is written, and given back afterwards", async () => {
    const { emit, texts } = recorder();
    const write = process.stdout.write;
    const { writeSync } = fs;
    const result = await captureOutput(emit, async () => {
      process.stdout.write("one");
      process.stderr.write(Buffer.from("two"));
      console.log("three", { four: 4 });
      console.error(new Error("five"));
      process.stdout.write(`{"_aws":{},"user":"six"}`);
      fs.writeSync(2, "seven");
      process.emitWarning("eight");
      console.log(Buffer.from("nine"));
      return "done";
    });
    expect(result).toBe("done");
    expect(fs.writeSync).toBe(writeSync);
    expect(process.stdout.write).toBe(write);
    const taken = texts();
    expect(taken.slice(0, 4)).toEqual(["log: one", "log: two", "log: three { four: 4 }", `log: {"four":4}`]);
    expect(taken[4]).toContain("five");
    expect(taken.slice(-5)).toEqual([
      `metric: {"_aws":{},"user":"six"}`,
      "log: seven",
      "warning: eight",
      "log: <Buffer 6e 69 6e 65>",
      `log: {"type":"Buffer","data":[110,105,110,101]}`,
    ]);
  });

  it("is given back after a failure too", async () => {
    const write = process.stderr.write;
    await expect(captureOutput(recorder().emit, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(process.stderr.write).toBe(write);
  });
});

describe("requests to AWS", () => {
  const send = async (request: Partial<HttpRequest>) => {
    const { emit, texts } = recorder();
    const sent = new HttpRequest({ method: "POST", hostname: "x.example", path: "/", ...request });
    const { response } = await createRecordingHandler("P", emit).handle(sent);
    const [whole, ...rest] = texts();
    expect(whole).toMatch(/^request: [A-Z]+ https:\/\//);
    return { whole, texts: rest, answer: JSON.parse(response.body.toString()) };
  };

  it("are recorded under the channel of each part of a message", async () => {
    const entry = {
      Id: "0",
      MessageBody: "body",
      MessageGroupId: "group",
      MessageDeduplicationId: "dedup",
      MessageAttributes: { a: {} },
    };
    const { texts, answer } = await send({
      headers: { "x-amz-target": "AmazonSQS.SendMessageBatch" },
      body: Buffer.from(JSON.stringify({ Entries: [entry] })),
    });
    expect(texts).toEqual([
      "attribute: 0",
      "message: body",
      "group id: group",
      "dedup id: dedup",
      `attribute: {"a":{}}`,
    ]);
    expect(answer).toEqual({ Successful: [{ Id: "0", MD5OfMessageBody: "841a2d689ad86bd1611447453c22c6fc" }] });
  });

  it("are recorded as object, key and metadata", async () => {
    const { texts } = await send({
      method: "PUT",
      hostname: "lake.s3.amazonaws.com",
      path: "/P/g1/dt%3D1",
      headers: { fence: "f", authorization: "hash" },
      body: Buffer.from("rows"),
    });
    expect(texts).toEqual([
      "object key: /P/g1/dt=1",
      `object metadata: {"fence":"f","authorization":"hash"}`,
      "object: rows",
    ]);
  });

  it("are recorded with every header, but for what is derived from the body", async () => {
    const body = Buffer.from("rows");
    const sha256 = createHash("sha256").update(body).digest("hex");
    const { whole } = await send({
      path: "/a",
      query: { b: "c" },
      headers: { "x-amz-content-sha256": sha256, "x-more": "m", "content-md5": "none of it" },
      body,
    });
    expect(whole).toBe("request: POST https://x.example:/a?b=c\nx-more: m\ncontent-md5: none of it");
  });

  it("are recorded as documents, ids and indexes", async () => {
    const body = gzipSync(`{"create":{"_index":"i","_id":"1"}}\n{"a":1}\n`);
    const { texts, answer } = await send({ hostname: "search.example", path: "/_bulk", body });
    expect(texts).toEqual(["index name: i", `document id: {"_id":"1"}`, `document: {"a":1}`]);
    expect(answer.items).toHaveLength(1);
  });

  it("are recorded whole where nobody knows them", async () => {
    const { texts } = await send({ path: "/what", body: Buffer.from("ever") });
    expect(texts).toEqual([
      `attribute: {"hostname":"x.example","path":"/what","query":{},"headers":{}}`,
      "attribute: ever",
    ]);
  });
});

describe("a disk in memory", () => {
  it("forgets no file, whatever it was called", async () => {
    const { files, everyFile } = createMemoryDisk();
    const file = await files.open("/out/temporary/a");
    await file.write(Buffer.from("hello"), 0);
    await file.truncate(4);
    await files.link("/out/temporary/a", "/out/P/a");
    await files.remove("/out/temporary/a");
    await files.rename("/out/P/a", "/out/P/b");
    expect(everyFile()).toEqual([{ paths: ["/out/temporary/a", "/out/P/a", "/out/P/b"], bytes: Buffer.from("hell") }]);
    expect(await files.list("/out/P")).toEqual(["b"]);
    expect(await files.sizeOf("/out/P/b")).toBe(4);
  });
});

const TYPE = { name: "type", of: { event: "type" }, column: "STRING" } as const;

describe("compressed files", () => {
  it.each(["AVRO", "PARQUET"] as const)("of %s are opened", async (name) => {
    const format = await formatOf(planFor({ delivery: { sink: "LAKE", format: name, envelope: [TYPE] } }));
    const row = format.read({
      deliveryId: "d",
      envelope: { type: "user.created" },
      payload: Buffer.from(`{"name":"k7q2wxe9mvt4zhr0pdyn"}`),
    });
    if ("reject" in row) throw new Error("expected a row");
    const text = Buffer.from((await unpack(format.encode([row])))!).toString();
    expect(text).toContain("k7q2wxe9mvt4zhr0pdyn");
    expect(text).toContain("user.created");
  });

  it("are told from any other bytes", async () => {
    expect(await unpack(Buffer.from("Object"))).toBeUndefined();
    expect(await unpack(new Uint8Array())).toBeUndefined();
  });
});
