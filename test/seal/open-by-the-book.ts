import { createDecipheriv, createHmac } from "node:crypto";
import { bytesOf, type SealVector } from "./vectors.ts";

/**
 * Opens a vector as lib/seal/README.md says, with nothing of the project: HKDF by hand, fields by their offsets.
 *
 * @returns the plaintexts of the segments
 */
export function openByTheBook(vector: SealVector): readonly string[] {
  const envelope = Buffer.from(bytesOf(vector.envelope));
  const { deliveryId, path, processor } = vector.place;
  const context = Buffer.from(JSON.stringify([deliveryId, path, processor]));
  const salt = envelope.subarray(21, 53);
  const locatorEnd = 87 + envelope.readUInt16BE(85);
  const outer = hkdf(bytesOf(vector.key), salt, ["locator"]);
  expectEqual(outer.subarray(44, 76), envelope.subarray(53, 85));
  const bound = Buffer.concat([envelope.subarray(0, 87), context]);
  const [, people, owners] = JSON.parse(decrypt(outer, envelope.subarray(87, locatorEnd), bound)) as [
    string,
    string[],
    number[][],
  ];
  const keyOf = (locator: string) => bytesOf(vector.people.find((person) => person.locator === locator)?.key ?? "");
  let at = locatorEnd + 1;
  return owners.map((positions, index) => {
    const keys = positions.map((position) => keyOf(people[position] ?? ""));
    const inner = hkdf(keys.length === 0 ? bytesOf(vector.tenantKey) : Buffer.concat(keys), salt, [
      "segment",
      `${index}`,
    ]);
    const [headAt, bodyAt] = [at, at + 36];
    at = bodyAt + envelope.readUInt32BE(at + 32);
    expectEqual(inner.subarray(44, 76), envelope.subarray(headAt, headAt + 32));
    const before = [envelope.subarray(0, locatorEnd + 1), envelope.subarray(headAt, bodyAt), context];
    return decrypt(inner, envelope.subarray(bodyAt, at), Buffer.concat(before));
  });
}

/** RFC 5869 with SHA-512, 76 bytes. */
function hkdf(key: Uint8Array, salt: Uint8Array, part: readonly string[]): Buffer {
  const extracted = createHmac("sha512", salt).update(key).digest();
  const info = JSON.stringify(["event-shield", "seal", "v1", ...part]);
  const first = createHmac("sha512", extracted).update(info).update(Uint8Array.of(1)).digest();
  const second = createHmac("sha512", extracted).update(first).update(info).update(Uint8Array.of(2)).digest();
  return Buffer.concat([first, second]).subarray(0, 76);
}

function decrypt(keys: Buffer, sealed: Buffer, aad: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", keys.subarray(0, 32), keys.subarray(32, 44), { authTagLength: 16 });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
}

function expectEqual(one: Uint8Array, other: Uint8Array): void {
  if (Buffer.compare(one, other) !== 0) throw new Error("expected the commitment of the key, got another");
}
