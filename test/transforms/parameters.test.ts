import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileRegistry, type DescField, type DescMessage, fromBinary, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { beforeAll, describe, expect, it } from "vitest";
import { buildDescriptors } from "#policy";
import { type Parameter, TRANSFORMS } from "#transforms";

const TRANSFORM = "auth0.proto.options.types.v1.Transform";

const SCALARS: Readonly<Partial<Record<ScalarType, Parameter["type"]>>> = {
  [ScalarType.UINT32]: "uint32",
  [ScalarType.STRING]: "string",
  [ScalarType.BOOL]: "bool",
  [ScalarType.DOUBLE]: "double",
};
const LISTS: Readonly<Partial<Record<ScalarType, Parameter["type"]>>> = {
  [ScalarType.STRING]: "strings",
  [ScalarType.DOUBLE]: "doubles",
};

const KEYS: Readonly<Record<string, Parameter["type"]>> = { KeptKey: "keys" };

describe("the table of transforms", () => {
  let cases: readonly DescField[];

  beforeAll(async () => {
    const { image } = await buildDescriptors({ cacheDir: join(tmpdir(), "event-shield-test") });
    const message = createFileRegistry(fromBinary(FileDescriptorSetSchema, image)).getMessage(TRANSFORM);
    cases = message?.oneofs.flatMap(({ fields }) => fields) ?? [];
  });

  it("has one for each case of the policy language, in its order", () => {
    expect([...TRANSFORMS.keys()]).toEqual(cases.map(({ name }) => name));
    expect([...TRANSFORMS.values()].map(({ name }) => name)).toEqual([...TRANSFORMS.keys()]);
  });

  it.each([...TRANSFORMS.values()])("$name has the parameters of its message", ({ name, parameters }) => {
    const field = cases.find((candidate) => candidate.name === name);
    expect(parameters.map(({ name, type, values }) => ({ name, type, values }))).toEqual(
      parametersOf(field?.fieldKind === "message" ? field.message : undefined),
    );
  });

  it("tells 0 from unset where both can be written", () => {
    const zeroable = [...TRANSFORMS.values()].flatMap(({ name, parameters }) =>
      parameters.filter(mayBeZero).map((parameter) => findField(name, parameter.name)),
    );
    expect(zeroable.map((field) => field?.presence)).toEqual(zeroable.map(() => FeatureSet_FieldPresence.EXPLICIT));
    expect(zeroable.length).toBeGreaterThan(0);
  });

  function findField(transform: string, parameter: string): DescField | undefined {
    const field = cases.find(({ name }) => name === transform);
    return field?.message?.fields.find(({ name }) => name === parameter);
  }
});

function mayBeZero({ type, min }: Parameter): boolean {
  return type === "uint32" && min === 0;
}

function parametersOf(message: DescMessage | undefined) {
  return message?.fields.map((field) => ({ name: field.name, type: typeOf(field), values: valuesOf(field) }));
}

function typeOf(field: DescField): Parameter["type"] | undefined {
  if (field.fieldKind === "enum") return "enum";
  if (field.fieldKind === "scalar") return SCALARS[field.scalar];
  if (field.fieldKind !== "list") return undefined;
  return field.listKind === "scalar" ? LISTS[field.scalar] : KEYS[field.message?.name ?? ""];
}

/** What can be written: the value 0 means unset. */
function valuesOf(field: DescField): readonly string[] | undefined {
  if (field.fieldKind !== "enum") return undefined;
  return field.enum.values.filter(({ number }) => number !== 0).map(({ name }) => name);
}
