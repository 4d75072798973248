/** Largest message of every queue: what SQS takes at most (service quota since 2026-01-29), and EventBridge less than. */
export const LARGEST_MESSAGE_BYTES = 1_048_576;
