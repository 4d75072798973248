/** A value that some reader gets wrong, and the events that hold it wherever a value can stand. */
export interface HostileEvent {
  readonly title: string;
  /** The inner event, of the schema `readers.Anything`. */
  readonly body: string;
  /** The value as every reader has to read it; undefined = no reader could, and it is left out. */
  readonly value: string | number | undefined;
}

/** JSON texts of strings. */
const STRINGS: Readonly<Record<string, string>> = {
  // First: an index that guesses types would take the field for a date, and refuse the rest.
  "a date": '"2000-01-01"',
  plain: '"plain"',
  empty: '""',
  "a high surrogate alone": String.raw`"cut off \ud83d"`,
  "a low surrogate alone": String.raw`"\ude00 cut off"`,
  "surrogates the wrong way round": String.raw`"\ude00\ud83d"`,
  "a surrogate pair, escaped": String.raw`"\ud83d\ude00"`,
  "a surrogate pair, raw": '"\u{1f600}"',
  "a high surrogate, escaped twice": String.raw`"\\ud83d"`,
  NUL: String.raw`"a\u0000b"`,
  "every control": JSON.stringify(String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code), 127, 0x85)),
  noncharacters: '"\ufffe\uffff\ufdd0\u{1ffff}\u{10ffff}"',
  "a byte order mark": '"\ufeffa\ufeff"',
  "line and paragraph separators": '"a\u2028b\u2029c"',
  "what turns text around": '"\u202eabc\u202c\u200b\u00ad"',
  "marks on marks": `"${"e\u0301\u0323".repeat(50)}"`,
  "quotes and slashes": String.raw`"\"\\\/'\u0060${"$"}{x}\t\r\n"`,
  "JSON in JSON": JSON.stringify('{"a":"\\ud83d"}'),
  "CSV and formulas": '"=1+1,\\"a\\";\\tb"',
  "a number as text": '"1e400"',
  "a long string": `"${"long ".repeat(8_000)}"`,
  ["__proto__"]: '"__proto__"',
  "a dotted name": '"a.b..c."',
  "a name of dots": '".."',
  "a space": '" "',
  "an operator": '"$where"',
  "a document's own name": '"_id"',
};

/** JSON texts of numbers. */
const NUMBERS: readonly string[] = [
  "1e400",
  "-1e400",
  "1e999999999999",
  "1e-400",
  "-0",
  "0.1e1",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775809",
  "123456789012345678901234567890.5",
  `0.${"1".repeat(998)}`,
  `0.${"1".repeat(999)}`,
  "7".repeat(5_000),
];

/** Nesting: with the objects around it as deep as events may be. */
const DEEP = `${"[".repeat(62)}${"]".repeat(62)}`;

/** Makes an event for each hostile value. */
export function hostileEvents(): readonly HostileEvent[] {
  const strings = Object.entries(STRINGS).map(([title, text]): HostileEvent => {
    const value: string = JSON.parse(text);
    return { title, body: withString(title, text), ...{ value: value.isWellFormed() ? value : undefined } };
  });
  const numbers = NUMBERS.map((text): HostileEvent => {
    const title = `${text.slice(0, 20)} of ${text.length}`;
    const body = `{${common(title)},"ratio":${text},"free":{"deep":[${text}]}}`;
    return {
      title,
      body,
      value: text.length > 1_000 ? undefined : Number(text),
    };
  });
  return [...strings, ...numbers, { title: "deep", body: `{${common("deep")},"free":{"deep":${DEEP}}}`, value: 1 }];
}

function withString(title: string, text: string): string {
  const declared = ["text", "__proto__", "$set", 'ключ 😀 \\"quoted\\"', "Name", "name"];
  const fields = declared.map((name) => `"${name}":${text}`);
  const kept = ["__proto__", "a.b", "..", "$set", "_id"].map((name) => `"${name}":${text}`);
  return `{${common(title)},${fields},"tags":["a",${text}],"labels":{"a":"b",${text}:${text}},"free":{"deep":{${text}:[${text}]},${kept}}}`;
}

function common(title: string): string {
  return `"id":${JSON.stringify(title.slice(0, 40))},"at":"2026-03-01T00:00:00Z"`;
}
