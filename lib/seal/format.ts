/** First bytes of every envelope. No UTF-8 text begins with them. */
export const MAGIC: Uint8Array = Uint8Array.of(0xe5, 0x5e, 0xa1);
export const VERSION = 1;
/** HKDF-SHA-512, AES-256-GCM with a nonce of 12 and a tag of 16 bytes, a commitment of 32 bytes. */
export const SUITE = 1;
export const SALT_BYTES = 32;
export const COMMITMENT_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
/** Most people that one envelope may be about, and most segments it may have. */
export const MAX_PEOPLE = 32;
export const MAX_SEGMENTS = 255;
/** The locator is filled up to a multiple of this, so that its length tells nothing of the person. */
export const LOCATOR_BLOCK_BYTES = 64;
