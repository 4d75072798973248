/** The role in which an event is about a person. */
export type Role = "TARGET" | "ACTOR";
