import type { Scanner, TextRange } from "./scanner.ts";

/** Lengths by country (SWIFT, IBAN registry, release 99). */
const LENGTHS =
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";
const LENGTH_OF = new Map(LENGTHS.split(" ").map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]));
const START = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])/g;

export const ibans: Scanner = {
  tag: "[IBAN]",
  summary: "bank accounts (IBAN)",
  *find(text) {
    for (const { index, 0: found } of text.matchAll(START)) {
      const span = readAccount(text, index, LENGTH_OF.get(found.slice(0, 2).toUpperCase()) ?? 0);
      if (span !== undefined) yield span;
    }
  },
};

/** Takes as many letters and digits as the country's accounts have, each after one sign at most. */
function readAccount(text: string, start: number, length: number): TextRange | undefined {
  let account = "";
  let at = start;
  while (account.length < length) {
    if (account !== "" && /[ -]/.test(text.charAt(at))) at++;
    if (!/[A-Za-z0-9]/.test(text.charAt(at))) return undefined;
    account += text.charAt(at++);
  }
  const isWhole = length > 0 && !/[A-Za-z0-9]/.test(text.charAt(at));
  return isWhole && isAccount(account) ? { start, end: at } : undefined;
}

/** ISO 7064, mod 97-10: the check digits come last, letters count from ten. */
function isAccount(account: string): boolean {
  const digits = Array.from(account.slice(4) + account.slice(0, 4), (sign) => Number.parseInt(sign, 36)).join("");
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
