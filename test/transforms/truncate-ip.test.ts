import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import type { Op } from "#plan";
import { checkOp } from "#transforms";
import { applyText, getTransform } from "./apply.ts";

const truncateIp = getTransform("truncate_ip");

describe("truncate_ip", () => {
  it.each<{ title: string; op?: Partial<Op>; input: string; output: string | undefined }>([
    { title: "keeps the first 24 bits", input: "203.0.113.195", output: "203.0.113.0" },
    { title: "keeps the first 48 bits", input: "2001:db8:1:2:3:4:5:6", output: "2001:db8:1::" },
    { title: "keeps bits within a byte", op: { ipv4_bits: 27 }, input: "203.0.113.195", output: "203.0.113.192" },
    { title: "keeps bits within a group", op: { ipv6_bits: 20 }, input: "2001:fff8::1", output: "2001:f000::" },
    { title: "keeps no bit", op: { ipv4_bits: 0 }, input: "203.0.113.195", output: "0.0.0.0" },
    { title: "keeps no bit of IPv6", op: { ipv6_bits: 0 }, input: "2001:db8::1", output: "::" },
    { title: "keeps every bit", op: { ipv4_bits: 32 }, input: "203.0.113.195", output: "203.0.113.195" },
    { title: "keeps every bit of IPv6", op: { ipv6_bits: 128 }, input: "2001:DB8::1", output: "2001:db8::1" },
    { title: "treats an IPv4-mapped address as IPv4", input: "::ffff:203.0.113.195", output: "::ffff:203.0.113.0" },
    { title: "treats one in hexadecimal alike", input: "::FFFF:CB00:71C3", output: "::ffff:203.0.113.0" },
    { title: "keeps no host in a 6to4 address", input: "2002:cb00:71c3::1", output: "2002:cb00:7100::" },
    {
      title: "keeps less of a 6to4 address where told to",
      op: { ipv6_bits: 16 },
      input: "2002:cb00:71c3::1",
      output: "2002::",
    },
    { title: "drops a zone", input: "fe80::1%eth0", output: undefined },
    { title: "drops a port", input: "203.0.113.195:443", output: undefined },
    { title: "drops a host name", input: "example.com", output: undefined },
    { title: "drops nothing else for being empty", input: "", output: undefined },
  ])("$title", ({ op, input, output }) => {
    expect(applyText({ op: "truncate_ip", ...op }, input)).toBe(output);
  });

  it.each([
    { title: "IPv4", address: fc.ipV4(), width: 32, parameter: "ipv4_bits" },
    { title: "IPv6", address: fc.ipV6(), width: 128, parameter: "ipv6_bits" },
  ])("writes the network address of $title", ({ address, width, parameter }) => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: width }), (text, bits) => {
        const parsed = ipaddr.parse(text);
        fc.pre(parsed.kind() === "ipv4" || parsed.range() === "unicast");
        const network = (parsed.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(
          `${text}/${bits}`,
        );
        const expected = network instanceof ipaddr.IPv6 ? network.toRFC5952String() : network.toString();
        expect(applyText({ op: "truncate_ip", [parameter]: bits }, text)).toBe(expected);
      }),
    );
  });

  it("depends on the network alone", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(255), (address, host) => {
        const neighbour = address.replace(/\d+$/, `${host}`);
        expect(applyText({ op: "truncate_ip" }, neighbour)).toBe(applyText({ op: "truncate_ip" }, address));
      }),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const once = applyText({ op: "truncate_ip" }, address) ?? "";
        expect(applyText({ op: "truncate_ip" }, once)).toBe(once);
      }),
    );
  });

  it.each<{ op: Op; reveals: string[] }>([
    { op: { op: "truncate_ip" }, reveals: ["PRESENCE", "PRECISION"] },
    { op: { op: "truncate_ip", ipv4_bits: 24, ipv6_bits: 48 }, reveals: ["PRESENCE", "PRECISION"] },
    { op: { op: "truncate_ip", ipv4_bits: 25 }, reveals: ["ALL"] },
    { op: { op: "truncate_ip", ipv6_bits: 49 }, reveals: ["ALL"] },
  ])("reveals $reveals with $op", ({ op, reveals }) => {
    expect(truncateIp.reveals(op)).toEqual(reveals);
  });

  it.each<{ op: Op; breaches: string[] }>([
    { op: { op: "truncate_ip", ipv4_bits: 33 }, breaches: ["expected ipv4_bits of 0 to 32, got 33"] },
    {
      op: { op: "truncate_ip", ipv4_bits: 0, ipv6_bits: 129 },
      breaches: ["expected ipv6_bits of 0 to 128, got 129"],
    },
  ])("checks $op", ({ op, breaches }) => {
    expect(checkOp(truncateIp, op)).toEqual(breaches);
  });
});
