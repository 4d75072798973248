import { isIPv4, isIPv6 } from "node:net";

/** An address in network order: 4 bytes (IPv4) or 16 (IPv6). */
export type IpAddress = Uint8Array;

/** Longest spelling: eight groups of IPv6, the last two as IPv4. */
const MAX_TEXT = 45;

/** Reads an IPv4 or IPv6 address; undefined when it is none or has a zone. */
export function parseIp(text: string): IpAddress | undefined {
  if (text.length > MAX_TEXT || text.includes("%")) return undefined;
  if (isIPv4(text)) return Uint8Array.from(groupBytes(text));
  return isIPv6(text) ? parseIpv6(text) : undefined;
}

function parseIpv6(text: string): IpAddress {
  const [head = "", tail = ""] = text.split("::");
  const end = groupBytes(tail);
  const bytes = new Uint8Array(16);
  bytes.set(groupBytes(head));
  bytes.set(end, bytes.length - end.length);
  return bytes;
}

function groupBytes(text: string): readonly number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (group.includes(".")) return group.split(".").map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** Sets all bits behind the first `bits` to zero. */
export function zeroBehind(address: IpAddress, bits: number): IpAddress {
  return address.map((byte, index) => {
    const kept = Math.min(Math.max(bits - index * 8, 0), 8);
    return byte & (0xff << (8 - kept));
  });
}

/** Tells whether an address begins with these bytes. */
export function startsWith(address: IpAddress, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => address[index] === byte);
}

/** `::ffff:0:0/96`: an IPv4 address written as an IPv6 one (RFC 4291, 2.5.5.2). */
export const MAPPED_PREFIX: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Writes an address in its one canonical spelling (RFC 5952), an IPv4-mapped one with dots. */
export function formatIp(address: IpAddress): string {
  if (address.length === 4) return address.join(".");
  if (startsWith(address, MAPPED_PREFIX)) return `::ffff:${address.subarray(MAPPED_PREFIX.length).join(".")}`;
  const groups = Array.from({ length: 8 }, (_, index) => readGroup(address, index));
  const { start, length } = longestZeroRun(groups);
  if (length < 2) return writeGroups(groups);
  return `${writeGroups(groups.slice(0, start))}::${writeGroups(groups.slice(start + length))}`;
}

function readGroup(address: IpAddress, index: number): number {
  return ((address[index * 2] ?? 0) << 8) | (address[index * 2 + 1] ?? 0);
}

function writeGroups(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}

/** The first of the longest runs. */
function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  });
  return longest;
}
