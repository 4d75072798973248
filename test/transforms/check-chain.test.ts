import { describe, expect, it } from "vitest";
import type { Op } from "#plan";
import { checkChain, type Field, TRANSFORMS } from "#transforms";

const name: Field = { types: ["string"], kind: "PERSON_NAME" };
const count: Field = { types: ["number"], kind: "COUNT" };
const ip: Field = { types: ["string"], kind: "IP" };
const id: Field = { types: ["string", "number"], kind: "SUBJECT_ID" };
const open: Field = { types: ["object"], kind: "OPEN_OBJECT" };

describe("checkChain", () => {
  it.each<{ title: string; field: Field; chain: Op[] }>([
    { title: "a kept value", field: open, chain: [] },
    {
      title: "types that change on the way",
      field: count,
      chain: [{ op: "bucket", bounds: [1] }, { op: "pseudonymize" }],
    },
    { title: "a second type", field: id, chain: [{ op: "pseudonymize" }, { op: "truncate", length: 4 }] },
    { title: "a sealed object", field: open, chain: [{ op: "encrypt" }] },
    { title: "a fixed value for an object", field: open, chain: [{ op: "constant", text: "x" }, { op: "mask" }] },
    { title: "the kind a transform is for", field: ip, chain: [{ op: "truncate_ip" }, { op: "pseudonymize" }] },
    { title: "a mask before what tells by its length", field: name, chain: [{ op: "mask" }, { op: "mask_email" }] },
    {
      title: "a seal that the consumer opens",
      field: ip,
      chain: [{ op: "truncate_ip" }, { op: "encrypt", consumer_may_decrypt: true }],
    },
  ])("takes $title", ({ field, chain }) => {
    expect(checkChain(chain, field)).toEqual([]);
  });

  it.each<{ title: string; field: Field; chain: Op[]; breaches: [number, string][] }>([
    {
      title: "a type that does not fit",
      field: count,
      chain: [{ op: "mask" }],
      breaches: [[0, "expected string for mask, got number"]],
    },
    {
      title: "a second type that does not fit",
      field: { types: ["string", "number", "boolean"], kind: "OTHER" },
      chain: [{ op: "pseudonymize" }],
      breaches: [[0, "expected string or number for pseudonymize, got boolean"]],
    },
    {
      title: "a type that no longer fits",
      field: count,
      chain: [
        { op: "bucket", bounds: [1] },
        { op: "bucket", bounds: [1] },
      ],
      breaches: [[1, "expected number for bucket, got string"]],
    },
    {
      title: "a kind that does not fit",
      field: name,
      chain: [{ op: "truncate_ip" }, { op: "generalize_time", unit: "DAY" }],
      breaches: [
        [0, "expected a field of kind IP for truncate_ip, got PERSON_NAME"],
        [1, "expected a field of kind TIMESTAMP for generalize_time, got PERSON_NAME"],
      ],
    },
    {
      title: "an op behind a dropped value",
      field: name,
      chain: [{ op: "drop" }, { op: "mask" }],
      breaches: [[1, "expected nothing behind drop, got mask"]],
    },
    {
      title: "a mask that tells by its length",
      field: count,
      chain: [{ op: "bucket", bounds: [1] }, { op: "pseudonymize" }, { op: "mask" }],
      breaches: [
        [
          2,
          "expected no mask behind bucket, got one: the length of what bucket leaves tells the value; use mask alone",
        ],
      ],
    },
    {
      title: "each wrong parameter",
      field: name,
      chain: [{ op: "mask", keep: 9, character: "" }],
      breaches: [
        [0, "expected keep of 1 to 8, got 9"],
        [0, "expected character of length 1, got 0"],
      ],
    },
    {
      title: "a transform that does not exist, and judges nothing behind it",
      field: count,
      chain: [{ op: "mask" }, { op: "__proto__" }, { op: "mask" }],
      breaches: [
        [0, "expected string for mask, got number"],
        [1, `expected a transform (${[...TRANSFORMS.keys()].join(", ")}), got __proto__`],
      ],
    },
  ])("refuses $title", ({ field, chain, breaches }) => {
    expect(checkChain(chain, field).map(({ at, message }) => [at, message])).toEqual(breaches);
  });
});
