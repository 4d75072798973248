import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { formatIp, parseIp } from "../../lib/transforms/ip-address.ts";

const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 });

describe("parseIp and formatIp", () => {
  it.each([
    { title: "keeps IPv4", text: "192.0.2.1", canonical: "192.0.2.1" },
    { title: "writes lower case", text: "2001:DB8::A", canonical: "2001:db8::a" },
    { title: "cuts leading zeros", text: "2001:0db8:0000:0001:0002:0003:0004:0005", canonical: "2001:db8:0:1:2:3:4:5" },
    { title: "shortens the longest run of zeros", text: "2001:0:0:1:0:0:0:1", canonical: "2001:0:0:1::1" },
    { title: "shortens the first of two runs", text: "2001:db8:0:0:1:0:0:1", canonical: "2001:db8::1:0:0:1" },
    { title: "shortens no single zero", text: "2001:db8::1:1:1:1:1", canonical: "2001:db8:0:1:1:1:1:1" },
    { title: "writes zero", text: "0:0:0:0:0:0:0:0", canonical: "::" },
    { title: "shortens at the start", text: "0:0:0:0:0:0:0:1", canonical: "::1" },
    { title: "shortens at the end", text: "1:0:0:0:0:0:0:0", canonical: "1::" },
    { title: "writes an IPv4-mapped address with dots", text: "::FFFF:C000:0201", canonical: "::ffff:192.0.2.1" },
    { title: "reads dots in any IPv6 address", text: "64:ff9b::192.0.2.1", canonical: "64:ff9b::c000:201" },
  ])("$title", ({ text, canonical }) => {
    const address = parseIp(text);
    expect(address && formatIp(address)).toBe(canonical);
  });

  it.each([
    "",
    "192.0.2",
    "192.0.2.256",
    "192.0.2.01",
    "0xc0.0.2.1",
    "3221225985",
    " 192.0.2.1",
    "192.0.2.1\n",
    "192.0.2.1:443",
    "[::1]",
    "::1%eth0",
    "::1/64",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "12345::",
    "١٩٢.0.2.1",
  ])("takes %j for no address", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("agrees with an independent implementation", () => {
    fc.assert(
      fc.property(groups, (parts) => {
        fc.pre(!isMapped(parts));
        const independent = new ipaddr.IPv6(parts);
        for (const text of [independent.toNormalizedString(), independent.toString()]) {
          const address = parseIp(text);
          expect(address && [...address]).toEqual(independent.toByteArray());
          expect(address && formatIp(address)).toBe(independent.toRFC5952String());
        }
      }),
    );
  });

  function isMapped(parts: readonly number[]): boolean {
    return parts[5] === 0xffff && parts.slice(0, 5).every((part) => part === 0);
  }
});
