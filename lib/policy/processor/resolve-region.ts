import type { Tier } from "#plan";
import { type Breach, helpWith } from "../breach.ts";
import type { ProcessorDecl } from "../source/declarations.ts";
import type { RegionOption } from "../source/options.ts";
import type { SpaceFacts } from "../space.ts";
import { JURISDICTIONS } from "./jurisdictions.ts";
import { wrongPart } from "./processor.ts";

/** What a way to name a region means in a Space, and the lowest tier that may be placed there. */
interface RegionFacts {
  readonly find: (space: SpaceFacts, option: RegionOption) => string | undefined;
  readonly tiers: readonly Tier[];
  /** What the Space lacks where no region is found. */
  readonly needs: string;
}

const REGIONS: Readonly<Record<keyof RegionOption, RegionFacts>> = {
  same: { find: ({ region }) => region, tiers: ["SPACE", "POP", "CENTRAL"], needs: "a region" },
  pop: { find: ({ pop }) => pop?.region, tiers: ["POP", "CENTRAL"], needs: "a Pop" },
  central: { find: ({ central }) => central?.region, tiers: ["CENTRAL"], needs: "a Central" },
  fixed: { find: (_space, { fixed }) => fixed, tiers: ["SPACE", "POP", "CENTRAL"], needs: "a region" },
};

/** Finds the AWS region of a processor's sink; undefined with the breaches that say why. */
export function resolveRegion(
  decl: ProcessorDecl,
  space: SpaceFacts,
): { readonly region?: string; readonly breaches: readonly Breach[] } {
  const { region: option, tier } = decl.option ?? {};
  const [way] = Object.keys(option ?? {}) as (keyof RegionOption)[];
  if (option === undefined || way === undefined) {
    const help = 'write region: { same: {} }, or pop, central, fixed: "eu-central-1"';
    return { breaches: [wrongPart(decl, "region", `expected a region for ${decl.name}, got none`, help)] };
  }
  const { find, tiers, needs } = REGIONS[way];
  if (tier !== undefined && !tiers.includes(tier)) {
    const message = `expected the region of ${decl.name} no higher than its tier ${tier}, got ${way}`;
    return { breaches: [wrongPart(decl, "region", message, `the region ${way} is for tier ${tiers.join(" or ")}`)] };
  }
  const region = find(space, option);
  if (region === undefined) {
    const message = `expected a Space with ${needs} for ${decl.name}, got ${space.name} without`;
    return { breaches: [wrongPart(decl, "region", message)] };
  }
  if (JURISDICTIONS.has(region)) return { region, breaches: [] };
  const message = `expected an AWS region with a known jurisdiction for ${decl.name}, got ${region}`;
  const help = helpWith(region, [...JURISDICTIONS.keys()]).help;
  return { breaches: [wrongPart(decl, "region", message, help)] };
}
