import { describe, expect, it } from "vitest";
import { classify } from "../../../lib/auth0/pack/classify.ts";
import { RULES } from "../../../lib/auth0/pack/rules.ts";
import { formOf, listTreePlaces, readTree } from "../../../lib/auth0/pack/tree.ts";
import { ROOTS } from "./shipped-pack.ts";

const places = ROOTS.flatMap(({ message, tree }) =>
  listTreePlaces(tree).map((place) => ({ message: message.name, place })),
);

function classOf(message: string, path: string): string {
  const found = places.find((known) => known.message === message && known.place.path === path);
  const rule = found && classify(found.place, message);
  return [rule?.class, rule?.kind, rule?.about].join(" ").trim();
}

describe("the rules", () => {
  it("decide every field of every log type", () => {
    expect(places.filter(({ message, place }) => classify(place, message) === undefined)).toEqual([]);
  });

  it("hold no pattern that decides nothing", () => {
    const decided = new Map(
      RULES.map((rule) => [rule, places.filter(({ message, place }) => classify(place, message) === rule)]),
    );
    const dead = RULES.flatMap((rule) =>
      rule.paths.filter((path) => {
        const alone = [{ ...rule, paths: [path] }];
        return !decided.get(rule)?.some(({ message, place }) => classify(place, message, alone));
      }),
    );
    expect(dead).toEqual([]);
  });

  it("give every open place and map to CUSTOMER_CONTENT, but scopes", () => {
    const others = places
      .filter(({ place }) => ["open", "map"].includes(formOf(place.tree)))
      .filter(({ message, place }) => classify(place, message)?.class !== "CUSTOMER_CONTENT")
      .map(({ place }) => place.path);
    expect([...new Set(others)]).toEqual(["scope"]);
  });

  it("give every personal class a person, but free content", () => {
    const faceless = RULES.filter(
      (rule) => ["PII", "SENSITIVE_PII"].includes(rule.class) && rule.about === undefined && rule.kind !== "FREE_TEXT",
    );
    expect(faceless).toEqual([]);
  });

  it.each([
    ["Signup", "details.body.password", "SECRET CREDENTIAL"],
    ["PasswordChange", "details.body.confirmNewPassword", "SECRET CREDENTIAL"],
    ["PasswordChange", "details.query.newPassword", "SECRET CREDENTIAL"],
    ["PasswordChange", "details.body.ticket", "SECRET CREDENTIAL"],
    ["PasswordChangeRequest", "details.resetUrl", "SECRET CREDENTIAL"],
    ["PasswordlessStart", "details.link", "SECRET CREDENTIAL"],
    ["TokenExchange", "details.code", "SECRET CREDENTIAL"],
    ["MultiFactor", "details.request.body.code", "SECRET CREDENTIAL"],
    ["Login", "user_id", "IDENTIFIER SUBJECT_ID TARGET"],
    ["Login", "identity_user_id", "IDENTIFIER SUBJECT_ID TARGET"],
    ["Login", "user_name", "PII EMAIL TARGET"],
    ["Login", "ip", "PII IP TARGET"],
    ["Login", "user_agent", "PII USER_AGENT TARGET"],
    ["Login", "description", "PII FREE_TEXT TARGET"],
    ["Login", "security_context.ja4", "PII FINGERPRINT TARGET"],
    ["Login", "details.prompts[].user_name", "PII EMAIL TARGET"],
    ["Login", "details.prompts[].session_user", "IDENTIFIER SUBJECT_ID TARGET"],
    ["Login", "details.session_id", "IDENTIFIER SESSION_ID TARGET"],
    ["TokenExchange", "details.access_token_jti", "IDENTIFIER SESSION_ID TARGET"],
    ["Signup", "details.body.picture", "PII URL TARGET"],
    ["MultiFactor", "details.request.path", "PII URL TARGET"],
    ["MultiFactor", "details.enrollment.phone_number", "PII PHONE TARGET"],
    ["ManagementApiOperation", "details.request.path", "PII URL TARGET"],
    ["ManagementApiOperation", "details.request.body", "CUSTOMER_CONTENT OPEN_OBJECT"],
    ["ManagementApiOperation", "details.response.body", "CUSTOMER_CONTENT OPEN_OBJECT"],
    ["ManagementApiOperation", "details.request.auth.user.user_id", "IDENTIFIER SUBJECT_ID ACTOR"],
    ["ManagementApiOperation", "details.request.auth.user.email", "PII EMAIL ACTOR"],
    ["ManagementApiOperation", "details.request.auth.user.name", "PII PERSON_NAME ACTOR"],
    ["ManagementApiOperation", "user_id", "IDENTIFIER SUBJECT_ID ACTOR"],
    ["ManagementApiOperation", "ip", "PII IP ACTOR"],
    ["InvitationAcceptance", "details.invitation.inviter.name", "PII PERSON_NAME ACTOR"],
    ["InvitationAcceptance", "details.invitation.invitee.email", "PII EMAIL TARGET"],
  ])("%s %s is %s", (message, path, expected) => {
    expect(classOf(message, path)).toBe(expected);
  });
});

describe("classify", () => {
  const place = (path: string, type: "string" | "boolean" | "object" = "string") => ({
    path,
    tree: readTree({ type }),
  });
  const rule = { class: "PII", kind: "OTHER", why: "" } as const;

  it.each([
    ["a.b", "a.b", true],
    ["a.b", "a.c", false],
    ["a.b", "a.b.c", false],
    ["a.*", "a.b", true],
    ["a.*", "a.b.c", false],
    ["a.*_type", "a.token_type", true],
    ["a.*_type", "a.type", false],
    ["**.b", "b", true],
    ["**.b", "a.x.b", true],
    ["**.b", "a.bb", false],
    ["a.**", "a.b.c", true],
    ["a.**", "a", false],
    ["**.a.*.c", "x.a.b.c", true],
    ["a.b", "a[].b", true],
  ])("the pattern %s and the path %s: %s", (pattern, path, expected) => {
    expect(classify(place(path), "M", [{ ...rule, paths: [pattern] }]) !== undefined).toBe(expected);
  });

  it("lets the first rule decide", () => {
    const rules = [
      { ...rule, paths: ["**"] },
      { ...rule, paths: ["a"], class: "SECRET" as const },
    ];
    expect(classify(place("a"), "M", rules)?.class).toBe("PII");
  });

  it("keeps rules to their messages and shapes", () => {
    expect(classify(place("a"), "M", [{ ...rule, paths: ["a"], in: ["N"] }])).toBeUndefined();
    expect(classify(place("a"), "M", [{ ...rule, paths: ["a"], only: "boolean" }])).toBeUndefined();
    expect(classify(place("a", "boolean"), "M", [{ ...rule, paths: ["a"], only: "boolean" }])).toBeDefined();
    expect(classify(place("a", "object"), "M", [{ ...rule, paths: ["a"], only: "open" }])).toBeDefined();
  });
});
