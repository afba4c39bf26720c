import { oid } from '@see/x509';

const names = new Map<string, string>(Object.entries(oid).map(([name, type]) => [type, name]));

/** The name of an attribute type for people, or its object identifier. */
export function attributeName(type: string): string {
  return names.get(type) ?? type;
}
