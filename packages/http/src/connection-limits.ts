/** What a connection may take, in milliseconds, octets and numbers: the same at every door. */
export const CONNECTION_LIMITS = {
  /** Until the headers of a request, and until all of it, must have arrived. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
  maxConnections: 4_096,
  /** Until a TLS handshake must be over. */
  handshakeTimeout: 10_000,
} as const;
