import helmet from '@fastify/helmet';
import type { App } from './app.ts';

export interface SecurityHeaderOptions {
  /** True when the public URL is https: then HSTS for two years is sent. */
  readonly https: boolean;
  /** The names of Trusted Types policies that our own scripts make; none by default. */
  readonly trustedTypes?: readonly string[];
}

/**
 * Headers that hold browsers to what our pages need: scripts, styles and requests from our own origin only, nothing
 * inline, no frames, no foreign forms, Trusted Types, no referrer to others, no sniffing, no powers of the device.
 * `upgrade-insecure-requests` is left out because localhost is plain http.
 */
export async function securityHeaders(app: App, options: SecurityHeaderOptions): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: options.trustedTypes && options.trustedTypes.length > 0 ? [...options.trustedTypes] : ["'none'"],
      },
    },
    strictTransportSecurity: options.https ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  });
}
