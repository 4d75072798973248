import { describe, expect, it } from "vitest";
import { isPersonal } from "#plan";

describe("isPersonal", () => {
  it.each([
    [{ class: "PII", kind: "OTHER" }, true],
    [{ class: "SENSITIVE_PII", kind: "FLAG" }, true],
    [{ class: "CUSTOMER_CONTENT", kind: "OPEN_OBJECT" }, true],
    [{ class: "IDENTIFIER", kind: "SUBJECT_ID" }, true],
    [{ class: "IDENTIFIER", kind: "SESSION_ID", about: "TARGET" }, true],
    [{ class: "IDENTIFIER", kind: "OBJECT_ID" }, false],
    [{ class: "PUBLIC", kind: "EMAIL", about: "ACTOR" }, false],
    [{ class: "SECRET", kind: "CREDENTIAL" }, false],
  ] as const)("%o: %s", (field, expected) => {
    expect(isPersonal(field)).toBe(expected);
  });
});
