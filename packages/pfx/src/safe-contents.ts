import { DerReader } from '@see/asn1';
import { type Encryption, readEncryption } from './encryption.ts';
import { pfxOid } from './oids.ts';
import { PfxError } from './pfx-error.ts';

interface BagAttributes {
  readonly friendlyName?: string;
  readonly localKeyId?: Uint8Array;
}

/** A bag that we know what to do with (RFC 7292 4.2). */
export type Bag = BagAttributes &
  (
    | { readonly kind: 'certificate'; readonly content: Uint8Array }
    | { readonly kind: 'key'; readonly content: Uint8Array }
    | { readonly kind: 'shrouded-key'; readonly content: Uint8Array; readonly encryption: Encryption }
  );

const MAX_BAGS = 64;

/** Reads SafeContents. CRLs, secrets and bags of unknown types are passed over; nested safes are `unsupported`. */
export function readSafeContents(der: Uint8Array): Bag[] {
  const reader = DerReader.of(der);
  const sequence = reader.sequence();
  reader.end();
  const bags: Bag[] = [];
  while (!sequence.atEnd) {
    if (bags.length === MAX_BAGS) throw new PfxError('unsupported', `more than ${MAX_BAGS} bags`);
    const bag = readBag(sequence.sequence());
    if (bag !== undefined) bags.push(bag);
  }
  return bags;
}

function readBag(item: DerReader): Bag | undefined {
  const type = item.oid();
  const wrapper = item.explicit(0);
  const attributes = item.atEnd ? {} : readAttributes(item.set());
  item.end();
  switch (type) {
    case pfxOid.keyBag:
      return { ...attributes, kind: 'key', content: wrapper.any() };
    case pfxOid.shroudedKeyBag: {
      const shrouded = wrapper.sequence();
      const encryption = readEncryption(shrouded.sequence());
      return { ...attributes, kind: 'shrouded-key', encryption, content: shrouded.octetString() };
    }
    case pfxOid.certBag: {
      const bag = wrapper.sequence();
      if (bag.oid() !== pfxOid.x509Certificate) return undefined;
      return { ...attributes, kind: 'certificate', content: bag.explicit(0).octetString() };
    }
    case '1.2.840.113549.1.12.10.1.6':
      throw new PfxError('unsupported', 'safes within safes are not supported');
    default:
      return undefined;
  }
}

function readAttributes(set: DerReader): BagAttributes {
  const attributes: { friendlyName?: string; localKeyId?: Uint8Array } = {};
  while (!set.atEnd) {
    const item = set.sequence();
    const type = item.oid();
    const values = item.set();
    item.end();
    if (type === pfxOid.friendlyName) attributes.friendlyName = values.anyString();
    else if (type === pfxOid.localKeyId) attributes.localKeyId = values.octetString();
  }
  return attributes;
}
