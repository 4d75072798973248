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
    ["a url-encoded phone number", "?p=%2B12025550143", "?p=[PHONE]"],
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
        const left = scrub(`${one} ${other}`) ?? "";
        expect(scrub(left)).toBe(left);
      }),
    );
  });

  it("leaves no address, wherever in a text it stands", () => {
    const around = fc.string({ unit: fc.constantFrom(...' ,;/?=&<>()"\n'), maxLength: 3 });
    const word = fc.stringMatching(/^[a-z][a-z0-9.+_-]{0,12}$/);
    fc.assert(
      fc.property(around, word, word, around, (before, local, domain, after) => {
        const left = scrub(`${before}${local}@x${domain}x.example${after}`);
        expect(left).not.toContain(`${local}@`);
        expect(left).toContain("[EMAIL]");
      }),
    );
  });

  it.each([
    ["a quoted local part", 'Sent to "alice canary"@corp.example', "Sent to [EMAIL]"],
    [
      "a quoted local part in JSON",
      String.raw`{\"to\":\"x\"} \"alice canary\"@corp.example`,
      String.raw`{\"to\":\"x\"} [EMAIL]`,
    ],
    ["a quoted local part with an at sign", '"Abc@def"@example.com', "[EMAIL]"],
    ["an escaped at sign", String.raw`Abc\@def@example.com`, "[EMAIL]"],
    ["a comment", "alice(work)@example.com", "[EMAIL]"],
    ["a local part in brackets", "<alice>@example.com", "[EMAIL]"],
    ["a department", "customer/department=shipping@example.com", "[EMAIL]"],
    ["unusual signs", "!def!xyz%abc@example.com, $A12345@example.com", "[EMAIL], [EMAIL]"],
    ["a guest's account", "alice.canary_corp.example#EXT#@fabrikam.onmicrosoft.example", "[EMAIL]"],
    ["an address literal", "alice@[192.0.2.1]", "[EMAIL]"],
    ["an address with invisible characters", "al\u200bice\u00ad@exam\u2060ple.com", "[EMAIL]"],
    ["an address in HTML", "alice&#64;example.com alice&commat;example.com", "[EMAIL] [EMAIL]"],
    ["an address in an escape", String.raw`alice\u0040example.com`, "[EMAIL]"],
    ["an address that was encoded three times", "?u=alice%252540example.com", "?u=[EMAIL]"],
    ["an address beside words without spaces", "请联系alice@example.com谢谢", "请联系[EMAIL]谢谢"],
    ["digits of another script", "هاتف ٠٢٠٢٥٥٥٠١٤٣", "هاتف [PHONE]"],
    ["dashes of another sort", "202‑555–0143", "[PHONE]"],
    ["a number before a date", "+49 30 1234567 2026-08-20", "[PHONE] 2026-08-20"],
    ["a number behind a date", "2026-08-20 09:34 +1 202 555 0143", "2026-08-20 09:34 [PHONE]"],
    ["a number with an extension", "(202) 555-0143 ext. 12", "[PHONE]"],
    ["a payment card", "card 4111 1111 1111 1111 declined", "card [CARD] declined"],
    ["a bank account", "DE89 3704 0044 0532 0130 00 was used", "[IBAN] was used"],
    ["MAC addresses", "00:1A:2b:3c:4d:5e and 001a.2b3c.4d5e", "[MAC] and [MAC]"],
    ["an IPv6 address with a zone", "fe80::1%eth0", "[IP]"],
    ["an encrypted token", "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn", "[JWT]"],
    ["a padded token", "eyJhbGciOiJub25lIn0=.eyJzdWIiOiJhIn0=.", "[JWT]."],
    ["an opaque token", "used v1.MjAyNi1hYmNkZWZnaGlqa2xtbm9w twice", "used [TOKEN] twice"],
    ["a ticket", "https://x.auth0.com/lo/reset?ticket=Ab3dEf9hIj#", "https://x.auth0.com/lo/reset?ticket=[TOKEN]#"],
    ["parameters of a callback", "/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj", "/cb?code=[TOKEN]&state=[TOKEN]"],
    ["headers", "Authorization: Bearer abc123DEF456", "Authorization: Bearer [TOKEN]"],
    ["cookies", "Cookie: auth0=s%3Aabc.def; theme=x", "Cookie: auth0=[TOKEN]; theme=[TOKEN]"],
    ["a password in a URL", "redis://user:secret@cache.internal:6379", "redis://[CREDENTIALS]@cache.internal:6379"],
  ])("finds %s", (_title, input, output) => {
    expect(scrub(input)).toBe(output);
  });

  it.each([
    "host ip-10-0-0-1.ec2.internal and login.eu.auth0.com",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    "lodash@4.17.21, @auth0/nextjs-auth0@3.5.0, react@latest",
    "commit 9fceb02d0ae598e95dc970b74767f19372d61af8, d41d8cd98f00b204e9800998ecf8427e",
    "trace 12345678-1234-1234-1234-123456789012",
    "at 1767225600 or 1767225600123, 20260820093456",
    "error code=access_denied state=pending status_code=403",
    "Bearer token expired, Basic authentication is off",
    "password: must contain 8 characters",
    "one of auth0|samlp|waad, email|phone|name",
  ])("keeps %s", (text) => {
    expect(scrub(text)).toBe(text);
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
    ["quoted at signs", '"@'],
    ["brackets before at signs", "(@"],
    ["open domains", "x@("],
    ["guests", "#EXT#@"],
    ["names of secrets", "code="],
    ["starts of credentials", "://a:"],
    ["starts of headers", "bearer cookie: a="],
    ["invisible characters", "\u200b"],
    ["entities", "&#64;"],
    ["digits of another script", "٣"],
    ["pluses", "+1 "],
    ["groups of cards", "4111 "],
    ["groups of ids", "12345678-"],
    ["starts of accounts", "DE89 "],
    ["spelt at signs", "a(at)"],
  ])("takes 300 KB of %s in linear time", (_title, unit) => {
    const text = unit.repeat(300_000 / unit.length);
    expect(cpuMsOf(() => scrub(text))).toBeLessThan(2_000);
  });
});
