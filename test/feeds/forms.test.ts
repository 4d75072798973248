import { describe, expect, it } from "vitest";
import { CONTAINERS, FORMS, FORMS_IN_ORDER, LINES_CHANNELS } from "#feeds";
import { FEEDS } from "#plan";

describe("the table of forms", () => {
  it("has a form for every feed but the one that is reserved", () => {
    const covered = FEEDS.filter((feed) => FORMS[feed].length > 0);
    expect(covered).toEqual(FEEDS.filter((feed) => feed !== "KRATOS"));
  });

  it("has each form under its feed", () => {
    for (const feed of FEEDS) for (const form of FORMS[feed]) expect(form.feed).toBe(feed);
    expect(FORMS_IN_ORDER).toHaveLength(Object.values(FORMS).flat().length);
  });

  it("names each form and container once", () => {
    const names = [...FORMS_IN_ORDER, ...CONTAINERS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(FORMS_IN_ORDER)("$name: identity, type and time can be read, and files may hold it", (form) => {
    expect(form.id.length).toBeGreaterThan(0);
    expect(form.type.length).toBeGreaterThan(0);
    expect(form.time.length).toBeGreaterThan(0);
    expect(form.channels).toContain("files");
  });

  it.each(FORMS_IN_ORDER)("$name: every place that is read is listed", (form) => {
    const { around, reads, ...facts } = form;
    expect(new Set(reads.map(String))).toEqual(new Set(pathsIn({ ...facts, body: undefined }).map(String)));
    expect(around).toHaveLength(form.body.length);
  });

  it("lets only webhooks and files hold many events in one record", () => {
    expect(CONTAINERS.flatMap(({ channels }) => channels)).not.toContain("partner_bus");
    expect(LINES_CHANNELS).not.toContain("partner_bus");
  });

  it("never looks at the detail-type of Auth0's events", () => {
    const auth0 = FORMS_IN_ORDER.filter(({ feed }) => feed !== "CUSTOM");
    expect(auth0.flatMap(({ reads }) => reads).map(String)).not.toContain("detail-type");
  });
});

/** Lists of texts that name no place: kinds of channels, types of events. */
const NO_PATHS: ReadonlySet<string> = new Set(["channels", "types"]);

/** Finds every path in the facts of a form: an array of names, wherever it stands outside of `channels`. */
function pathsIn(value: unknown): readonly (readonly string[])[] {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((item) => typeof item === "string") ? [value] : value.flatMap(pathsIn);
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (NO_PATHS.has(name) ? [] : pathsIn(inner)));
}
