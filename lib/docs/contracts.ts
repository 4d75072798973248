import { JOURNAL_VERSION } from "#delivery/directory/register";
import { envelopeSchema } from "#formats";
import { ENVELOPE_NAME, ENVELOPE_VERSION, PLAN_VERSION } from "#plan";
import { SEAL_SUITE, SEAL_VERSION } from "#seal";

/** A format that outlives the process that wrote it. */
export interface Contract {
  readonly version: number;
  /** What holds it. */
  readonly where: string;
  /** Names of its members, where a record has any. */
  readonly members?: readonly string[];
  /** What may change in it while the number stays. */
  readonly rule: string;
  readonly schema?: object;
}

/** Every format that is kept or sent. A change that its rule does not allow is another version, and a decision record. */
export const CONTRACTS: Readonly<Record<string, Contract>> = {
  plan: {
    version: PLAN_VERSION,
    where: "what the compiler hands to engines and functions",
    rule: "a plan of another version, or one that was edited, is refused: compile again",
  },
  envelope: {
    version: ENVELOPE_VERSION,
    where: `\`${ENVELOPE_NAME}\` of documents and bodies, columns with \`_\` before them in files`,
    rule: "a part may be added and may be absent; a part keeps its name, type and meaning; readers ignore what they do not know",
    schema: envelopeSchema(),
  },
  seal: {
    version: SEAL_VERSION,
    where: `sealed records and fields, quarantine; suite ${SEAL_SUITE}`,
    rule: "fixed to the byte: what is sealed today opens for as long as its keys live",
  },
  ledger: {
    version: 1,
    where: "items of the DynamoDB table",
    members: ["pk", "fence", "state", "leaseUntil", "expires", "objectKey", "order", "sequence"],
    rule: "a member may be added and may be absent; order strings are compared as they are and never change within a generation",
  },
  journal: {
    version: JOURNAL_VERSION,
    where: "`.shield` of an output directory: register, journal, checkpoints, spills",
    rule: "a directory of another version is refused and never rewritten",
  },
  archive: {
    version: 1,
    where: "lines of objects of format SEALED",
    members: ["id", "sealed"],
    rule: "a member may be added; `sealed` is an envelope of the seal's version in base64url",
  },
};

/** The formats as JSON, for whoever reads them without this code. */
export function renderContracts(): string {
  return `${JSON.stringify(CONTRACTS, null, 2).replace(LIST, (_, items: string) => `[${items.replace(/\n\s+/g, " ")}]`)}\n`;
}

/** A list of words stands on one line. */
const LIST = /\[\n\s+([^[\]{}]*?)\n\s+\]/g;
