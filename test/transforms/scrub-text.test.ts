import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuMsOf } from "#support/cpu-time";
import { applyText } from "./apply.ts";
import { texts } from "./arbitraries.ts";

const scrub = (text: string) => applyText({ op: "scrub_text" }, text);

describe("scrub_text", () => {
  it.each([
    ["an address in a sentence", "To: alice@example.com.", "To: [EMAIL]."],
    ["an address in angle brackets", "Ada <ada.b+c@mail.example.org>", "Ada <[EMAIL]>"],
    ["an address with an apostrophe", "o'brien@example.com", "[EMAIL]"],
    ["an address in another script", "élodie@bücher.example", "[EMAIL]"],
    ["an address with a wide at sign", "alice＠example.com", "[EMAIL]"],
    ["an address without a dotted domain", "root@localhost", "[EMAIL]"],
    ["a url-encoded address", "?hint=alice%2Bx%40example.com&x=1", "?hint=[EMAIL]&x=1"],
    ["an address that was encoded twice", "?u=alice%2540example.com", "?u=[EMAIL]"],
    ["two addresses", "a@b.co,c@d.co", "[EMAIL],[EMAIL]"],
    ["an IPv4 address", "from 192.0.2.77.", "from [IP]."],
    ["an IPv4 address with a port", "192.0.2.77:443", "[IP]:443"],
    ["an IPv6 address", "from 2001:db8::7f to ::1", "from [IP] to [IP]"],
    ["an IPv6 address in brackets", "https://[2001:db8::7f]:8443/", "https://[[IP]]:8443/"],
    ["an IPv6 address behind a name", "ip:2001:db8::7f:", "ip:[IP]:"],
    ["a url-encoded IPv6 address", "?ip=2001%3Adb8%3A%3A7f", "?ip=[IP]"],
    ["an IPv4 address inside of an IPv6 one", "::ffff:192.0.2.77", "[IP]"],
    ["a phone number with a plus", "+12025550143", "[PHONE]"],
    ["a phone number with signs", "call (202) 555-0143 now", "call [PHONE] now"],
    ["a phone number without any", "2025550143", "[PHONE]"],
    ["a url-encoded phone number", "?p=%2B12025550143", "?p=%2B[PHONE]"],
    ["two phone numbers side by side", "2025550143 2025550144", "[PHONE] [PHONE]"],
    ["a user id", "auth0|64b0c0ffee0000000000a001 failed", "[USER_ID] failed"],
    ["a user id of a custom connection", "oauth2|acme|42", "[USER_ID]"],
    ["a user id that holds an address", "samlp|acme|alice@example.com", "[USER_ID]"],
    ["a url-encoded user id", "/api/v2/users/google-oauth2%7C1234/roles", "/api/v2/users/[USER_ID]/roles"],
    ["the id of a database user without its prefix", "X-64b0c0ffee0000000000a001", "X-[ID]"],
    ["a digest in the address of a picture", "/avatar/d41d8cd98f00b204e9800998ecf8427e.png", "/avatar/[ID].png"],
    ["Auth0's ids of things", "org_p678LcvvdbeDAmDA", "[ID]"],
    ["a JSON Web Token", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln;", "Bearer [JWT];"],
  ])("tags %s", (_title, input, output) => {
    expect(scrub(input)).toBe(output);
  });

  it.each([
    ["plain text", "Update tenant settings"],
    ["dates and times", "2026-08-20T09:34:56.789Z, 2026-08-20 09:34:56"],
    ["versions", "auth0-spa-js 2.4.1"],
    ["small numbers", "3 of 190, status 403"],
    ["names of code", "std::vector, x::y, x | y || z"],
    ["signs on their own", "@ | : + ( ) - . %40 %7C"],
    ["mentions", "see @alice"],
    ["nothing", ""],
  ])("keeps %s", (_title, text) => {
    expect(scrub(text)).toBe(text);
  });

  it("finds nothing more in what it left", () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const left = scrub(one + other) ?? "";
        expect(scrub(left)).toBe(left);
      }),
    );
  });

  it("leaves no address, wherever in a text it stands", () => {
    const around = fc.string({ unit: fc.constantFrom(...' ,;/?=&<>()"\n'), maxLength: 3 });
    const word = fc.stringMatching(/^[a-z][a-z0-9.+_-]{0,12}$/);
    fc.assert(
      fc.property(around, word, word, around, (before, local, domain, after) => {
        const left = scrub(`${before}${local}@${domain}${after}`);
        expect(left).not.toContain(`${local}@`);
        expect(left).toContain("[EMAIL]");
      }),
    );
  });

  it.each([
    ["at signs", "@"],
    ["short addresses", "a@"],
    ["encoded at signs", "%40"],
    ["signs that were encoded twice", "%25"],
    ["bars", "|"],
    ["short ids", "a|"],
    ["starts of tokens", "eyJ"],
    ["starts of tokens with dots", "eyJ."],
    ["colons", "1:"],
    ["double colons", "::"],
    ["digits", "1"],
    ["digits with spaces", "1 "],
    ["digits with brackets", "1(("],
    ["pluses with brackets", "+("],
    ["dates in a row", "2026-08-20 "],
    ["long numbers", "1234567890123456 "],
    ["dotted numbers", "1.1.1."],
    ["starts of ids", "ab_"],
    ["everything", "a1|@%:. "],
  ])("takes a megabyte of %s in linear time", (_title, unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    expect(cpuMsOf(() => scrub(text))).toBeLessThan(5_000);
  });
});
