import { describe, expect, it } from "vitest";
import { PolicyError } from "#errors";
import { parseManifests } from "#manifest";

const SPACE = "apiVersion: shield/v1\nkind: Space\nmetadata:\n  name: a\nspec:\n  region: eu-central-1\n";
const POP = "apiVersion: shield/v1\nkind: Pop\nmetadata:\n  name: eu\nspec:\n  region: eu-west-1\n";
const CENTRAL = "apiVersion: shield/v1\nkind: Central\nmetadata:\n  name: global\nspec:\n  region: us-east-1\n";

describe("parseManifests", () => {
  it("reads the documents of several files", () => {
    const manifests = parse(`${SPACE}  pop: eu\n`, `${POP}  central: global\n`, CENTRAL);
    expect(manifests).toEqual({
      spaces: [{ name: "a", region: "eu-central-1", pop: "eu" }],
      pops: [{ name: "eu", region: "eu-west-1", central: "global" }],
      centrals: [{ name: "global", region: "us-east-1" }],
      eventStreams: [],
      logStreams: [],
      searchEndpoints: [],
    });
  });

  it.each([
    { title: "several documents in a file", text: `${SPACE}---\n${POP}`, spaces: 1, pops: 1 },
    { title: "an empty file", text: "", spaces: 0, pops: 0 },
    { title: "a file of comments", text: "# nothing yet\n", spaces: 0, pops: 0 },
    { title: "an empty document between two", text: `${SPACE}---\n---\n${POP}`, spaces: 1, pops: 1 },
    { title: "a file with carriage returns", text: SPACE.replaceAll("\n", "\r\n"), spaces: 1, pops: 0 },
  ])("reads $title", ({ text, spaces, pops }) => {
    const manifests = parse(text);
    expect([manifests.spaces.length, manifests.pops.length]).toEqual([spaces, pops]);
  });

  it.each([
    {
      title: "an unknown field",
      text: SPACE.replace("region", "regoin"),
      says: [
        "f0.yaml:6:3: error[MANIFEST_INVALID]: expected region, account and pop, got regoin at spec\n  help: did you mean region?",
        "f0.yaml:6:3: error[MANIFEST_INVALID]: expected an AWS region such as eu-central-1, got nothing at spec.region",
      ],
    },
    {
      title: "an unknown kind",
      text: SPACE.replace("kind: Space", "kind: Spice"),
      says: [
        "f0.yaml:2:7: error[MANIFEST_INVALID]: expected a kind of document, got Spice at kind\n  help: did you mean Space?",
      ],
    },
    {
      title: "a kind like none",
      text: SPACE.replace("kind: Space", "kind: Deployment"),
      says: [
        "f0.yaml:2:7: error[MANIFEST_INVALID]: expected a kind of document, got Deployment at kind\n  help: write one of Space, Pop, Central, Auth0EventStream, Auth0LogStream, SearchEndpoint",
      ],
    },
    {
      title: "the name of a member every object has as a kind",
      text: SPACE.replace("kind: Space", "kind: constructor"),
      says: [
        "f0.yaml:2:7: error[MANIFEST_INVALID]: expected a kind of document, got constructor at kind\n  help: write one of Space, Pop, Central, Auth0EventStream, Auth0LogStream, SearchEndpoint",
      ],
    },
    {
      title: "no kind",
      text: SPACE.replace("kind: Space\n", ""),
      says: ["f0.yaml:1:1: error[MANIFEST_INVALID]: expected a kind of document, got nothing at kind"],
    },
    {
      title: "another version",
      text: SPACE.replace("shield/v1", "v1"),
      says: [
        "f0.yaml:1:13: error[MANIFEST_INVALID]: expected shield/v1, got v1 at apiVersion\n  help: write one of shield/v1",
      ],
    },
    {
      title: "a name that cannot be part of a resource's name",
      text: SPACE.replace("name: a", "name: A_b"),
      says: [
        "f0.yaml:4:9: error[MANIFEST_INVALID]: expected a name of at most 63 lower-case letters, digits and inner hyphens, got A_b at metadata.name",
      ],
    },
    {
      title: "a number for a text",
      text: SPACE.replace("name: a", "name: 12"),
      says: [
        "f0.yaml:4:9: error[MANIFEST_INVALID]: expected a name of at most 63 lower-case letters, digits and inner hyphens, got a number at metadata.name",
      ],
    },
    {
      title: "a city for a region",
      text: SPACE.replace("eu-central-1", "frankfurt"),
      says: [
        "f0.yaml:6:11: error[MANIFEST_INVALID]: expected an AWS region such as eu-central-1, got frankfurt at spec.region",
      ],
    },
    {
      title: "a field without a value",
      text: SPACE.replace("eu-central-1", ""),
      says: [
        "f0.yaml:6:11: error[MANIFEST_INVALID]: expected an AWS region such as eu-central-1, got nothing at spec.region",
      ],
    },
    {
      title: "a list for an object",
      text: SPACE.replace("  name: a", "  - a"),
      says: ["f0.yaml:4:3: error[MANIFEST_INVALID]: expected name, got a list at metadata"],
    },
    {
      title: "a list for a document",
      text: "- a\n",
      says: [
        "f0.yaml:1:1: error[MANIFEST_INVALID]: expected apiVersion, kind, metadata and spec, got a list at the document",
      ],
    },
    {
      title: "a text for a document",
      text: "Space\n",
      says: [
        "f0.yaml:1:1: error[MANIFEST_INVALID]: expected apiVersion, kind, metadata and spec, got a string at the document",
      ],
    },
    {
      title: "an alias, which could stand for anything",
      text: SPACE.replace("name: a", "name: &n a").replace("eu-central-1", "*n"),
      says: [
        "f0.yaml:6:11: error[MANIFEST_INVALID]: expected an AWS region such as eu-central-1, got an alias at spec.region",
      ],
    },
    {
      title: "a key that is no text",
      text: `${SPACE}  1: x\n`,
      says: [
        "f0.yaml:7:3: error[MANIFEST_INVALID]: expected region, account and pop, got a key that is no text at spec",
      ],
    },
    {
      title: "a key twice",
      text: `${SPACE}  region: eu-west-1\n`,
      says: ["f0.yaml:7:3: error[MANIFEST_INVALID]: expected YAML, got: Map keys must be unique"],
    },
    {
      title: "a Pop that is not there",
      text: `${SPACE}  pop: eu2\n---\n${POP}`,
      says: [
        "f0.yaml:7:8: error[MANIFEST_INVALID]: expected the name of a Pop, got eu2 at spec.pop\n  help: did you mean eu?",
      ],
    },
    {
      title: "a Pop where there is none",
      text: `${SPACE}  pop: eu\n`,
      says: [
        "f0.yaml:7:8: error[MANIFEST_INVALID]: expected the name of a Pop, got eu at spec.pop\n  help: add a document of kind Pop with this name",
      ],
    },
    {
      title: "two of a kind with one name",
      text: `${SPACE}---\n${SPACE}`,
      says: ["f0.yaml:11:9: error[MANIFEST_INVALID]: expected a name that no other Space has, got a again"],
    },
    {
      title: "a second centre",
      text: `${CENTRAL}---\n${CENTRAL.replace("global", "other")}`,
      says: [
        "f0.yaml:9:7: error[MANIFEST_INVALID]: expected one Central, got a second\n  help: there is one centre above all Pops",
      ],
    },
  ])("refuses $title", ({ text, says }) => {
    expect(complaintsOf(text)).toBe(says.join("\n\n"));
  });

  it("tells every breach of every file at once", () => {
    const broken = SPACE.replace("name: a", "name: A");
    expect(complaintsOf(broken, broken, SPACE).split("\n\n")).toHaveLength(2);
  });

  it("allows a Space, a Pop and a Central of one name", () => {
    const texts = [SPACE, POP, CENTRAL].map((text) => text.replace(/name: .*/, "name: x"));
    expect(parse(...texts).spaces).toHaveLength(1);
  });
});

function parse(...texts: readonly string[]) {
  return parseManifests(texts.map((text, index) => ({ path: `f${index}.yaml`, text })));
}

function complaintsOf(...texts: readonly string[]): string {
  try {
    parse(...texts);
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
  return "";
}
