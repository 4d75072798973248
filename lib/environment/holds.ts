/**
 * How long an enforcer leaves alone what it could not deliver: the first time, and at most; doubled each time, and cut at
 * random by up to a half. How often an inlet gives a message out before it sets it aside follows from it.
 */
export const RETRY_HOLDS = { firstMs: 5_000, longestMs: 15 * 60_000 } as const;
