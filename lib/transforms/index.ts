export * from "./transform.ts";
