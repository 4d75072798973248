import type { Op } from "#plan";
import { formatIp, type IpAddress, MAPPED_PREFIX, parseIp, startsWith, zeroBehind } from "./ip-address.ts";
import { mapText } from "./map-text.ts";
import { numberOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

const IPV4_BITS = 32;
/**
 * The longest prefixes that networks announce to each other (RFC 7454, 6.1.3). What is longer is one customer's part of
 * a network, down to a single host.
 */
const ROUTED_IPV4_BITS = 24;
const ROUTED_IPV6_BITS = 48;
/** `2002::/16`: the next 32 bits are the IPv4 address of the host's router (RFC 3056). */
const SIX_TO_FOUR_PREFIX = [0x20, 0x02];

export const truncateIp: Transform = {
  name: "truncate_ip",
  summary: "Keeps the network part of an IP address and zeroes the rest.",
  parameters: [
    {
      name: "ipv4_bits",
      type: "uint32",
      summary:
        "bits of an IPv4 address that stay, also of one inside an IPv6 address (`::ffff:0:0/96`, `2002::/16`); more than 24 count as revealing everything",
      default: "24",
      min: 0,
      max: IPV4_BITS,
    },
    {
      name: "ipv6_bits",
      type: "uint32",
      summary: "bits of an IPv6 address that stay; more than 48 count as revealing everything",
      default: "48",
      min: 0,
      max: 128,
    },
  ],
  accepts: ["string"],
  yields: () => "same",
  forKinds: ["IP"],
  resultLength: "tells",
  reveals(op) {
    const { ipv4, ipv6 } = bitsOf(op);
    return ipv4 > ROUTED_IPV4_BITS || ipv6 > ROUTED_IPV6_BITS ? ["ALL"] : ["PRESENCE", "PRECISION"];
  },
  uses: [],
  failures: ["A value that is no IP address, or has a zone, is dropped."],
  examples: [
    { title: "keeps 24 bits of IPv4", op: { op: "truncate_ip" }, input: `"192.0.2.77"`, output: `"192.0.2.0"` },
    {
      title: "keeps 48 bits of IPv6, in canonical spelling",
      op: { op: "truncate_ip" },
      input: `"2001:0DB8:0001:0002::77"`,
      output: `"2001:db8:1::"`,
    },
    {
      title: "treats an IPv4-mapped address as IPv4",
      op: { op: "truncate_ip", ipv4_bits: 16 },
      input: `"::ffff:192.0.2.77"`,
      output: `"::ffff:192.0.0.0"`,
    },
    {
      title: "keeps no more of the IPv4 address in a 6to4 one",
      op: { op: "truncate_ip" },
      input: `"2002:c000:24d:1::1"`,
      output: `"2002:c000:200::"`,
    },
    {
      title: "keeps whole addresses where told to",
      op: { op: "truncate_ip", ipv4_bits: 32, ipv6_bits: 128 },
      input: `"2001:DB8::77"`,
      output: `"2001:db8::77"`,
    },
    { title: "drops what is no address", op: { op: "truncate_ip" }, input: `"192.0.2"`, output: undefined },
    { title: "drops an address with a zone", op: { op: "truncate_ip" }, input: `"fe80::1%eth0"`, output: undefined },
  ],
  prepare(op) {
    const bits = bitsOf(op);
    return mapText((text) => {
      const address = parseIp(text);
      return address === undefined ? undefined : formatIp(zeroBehind(address, networkBits(address, bits)));
    });
  },
};

interface Bits {
  readonly ipv4: number;
  readonly ipv6: number;
}

function bitsOf(op: Op): Bits {
  return { ipv4: numberOf(op, "ipv4_bits") ?? ROUTED_IPV4_BITS, ipv6: numberOf(op, "ipv6_bits") ?? ROUTED_IPV6_BITS };
}

function networkBits(address: IpAddress, { ipv4, ipv6 }: Bits): number {
  if (address.length === 4) return ipv4;
  if (startsWith(address, MAPPED_PREFIX)) return MAPPED_PREFIX.length * 8 + ipv4;
  if (startsWith(address, SIX_TO_FOUR_PREFIX)) return Math.min(ipv6, SIX_TO_FOUR_PREFIX.length * 8 + ipv4);
  return ipv6;
}
