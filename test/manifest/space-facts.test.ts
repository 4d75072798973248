import { describe, expect, it } from "vitest";
import { type LocationDocuments, loadManifests, spaceFacts } from "#manifest";

const MANIFESTS: LocationDocuments = {
  spaces: [
    { name: "acme", region: "eu-central-1", pop: "eu" },
    { name: "alone", region: "us-west-2" },
    { name: "half", region: "us-west-2", pop: "us" },
  ],
  pops: [
    { name: "eu", region: "eu-west-1", central: "global" },
    { name: "us", region: "us-east-2" },
  ],
  centrals: [{ name: "global", region: "us-east-1" }],
};

describe("spaceFacts", () => {
  it.each([
    {
      title: "a Space with its Pop and the centre",
      name: "acme",
      facts: {
        name: "acme",
        region: "eu-central-1",
        pop: { name: "eu", region: "eu-west-1" },
        central: { region: "us-east-1" },
      },
    },
    { title: "a Space with nothing above it", name: "alone", facts: { name: "alone", region: "us-west-2" } },
    {
      title: "a Space whose Pop has no centre",
      name: "half",
      facts: { name: "half", region: "us-west-2", pop: { name: "us", region: "us-east-2" } },
    },
  ])("gathers $title", ({ name, facts }) => {
    expect(spaceFacts(MANIFESTS, name)).toEqual(facts);
  });

  it("takes the only Space where no name is given", () => {
    expect(spaceFacts({ ...MANIFESTS, spaces: MANIFESTS.spaces.slice(1, 2) })).toEqual({
      name: "alone",
      region: "us-west-2",
    });
  });

  it("has no facts where there is no Space", () => {
    expect(spaceFacts({ spaces: [], pops: [], centrals: [] })).toBeUndefined();
  });

  it.each([
    {
      title: "an unknown name",
      name: "acne",
      says: "expected the name of a Space, one of acme, alone, half, got acne: did you mean acme?",
    },
    {
      title: "no name where there are several",
      name: undefined,
      says: "expected the name of a Space, one of acme, alone, half, got none",
    },
  ])("refuses $title", ({ name, says }) => {
    expect(() => spaceFacts(MANIFESTS, name)).toThrow(says);
  });

  it("refuses a name where there is no Space", () => {
    expect(() => spaceFacts({ spaces: [], pops: [], centrals: [] }, "acme")).toThrow(
      "expected the name of a Space, which none of the deployment documents declares, got acme",
    );
  });
});

describe("loadManifests", () => {
  it("reads the shipped documents: one Space in the EU, whose centre is outside it", async () => {
    const manifests = await loadManifests(new URL("../../policies", import.meta.url).pathname);
    expect(spaceFacts(manifests)).toEqual({
      name: "example-eu",
      region: "eu-central-1",
      pop: { name: "eu", region: "eu-west-1" },
      central: { region: "us-east-1" },
    });
  });

  it("finds nothing deployed where there is no folder of documents", async () => {
    const manifests = await loadManifests(new URL(".", import.meta.url).pathname);
    expect(manifests).toMatchObject({ spaces: [], pops: [], centrals: [] });
  });
});
