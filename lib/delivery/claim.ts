/** Random id of one worker's attempt; tells its own writes from others' after a lost response. */
export type Fence = string;

/** What the ledger remembers. */
export interface Claim {
  readonly fence: Fence;
  /** The object that holds, or will hold, the event (lake); absent elsewhere. */
  readonly objectKey?: string;
  /** Of an entity: the order of the state that was sent or is being sent. */
  readonly order?: string;
  /** Of an entity: how many of its states were let pass, this one included. */
  readonly sequence?: number;
  /** `done`: nothing more will come of it, and nobody may take it over. */
  readonly state: "pending" | "done";
  /** From then on another worker may take the claim over. */
  readonly leaseUntilMs: number;
  /** From then on the entry may vanish; always compared, never trusted to be prompt. Absent = never. */
  readonly expiresMs?: number;
}
