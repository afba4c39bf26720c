import type { DoorOrigins } from '@see/http';
import type { Instance } from '@see/process';

/**
 * Under which origins each door of ra is reached, the one to send people to first: the sealed ones (SEE_TLS_URL,
 * SEE_MTLS_URL), and the portal's host at the door's port, since an instance may have sealed no other name than that. The
 * portal's own origin belongs to the TLS door as well when it is https, for a firewall may lead 443 there.
 */
export function doorOrigins({ urls, ports }: Pick<Instance, 'urls' | 'ports'>): DoorOrigins {
  const portal = new URL(urls.portal);
  const sealed = (url: string, port: number): readonly string[] => {
    const atPort = `https://${portal.hostname}:${port}`;
    // A name of this machine was sealed for want of another.
    return new URL(url).hostname === 'localhost' ? [atPort, url] : [url, atPort];
  };
  const own = portal.protocol === 'https:' ? [portal.origin] : [];
  return {
    http: [portal.origin],
    https: [...new Set([...sealed(urls.tls, ports.tls), ...own])],
    mtls: [...new Set(sealed(urls.mtls, ports.mtls))],
  };
}

/** The host names for which a server certificate is wanted, the portal's first; no name of this machine beside a real one. */
export function doorHosts(doors: DoorOrigins): readonly string[] {
  const hosts = [...new Set([...doors.http, ...doors.https, ...doors.mtls].map((origin) => new URL(origin).hostname))];
  const real = hosts.filter((host) => host !== 'localhost');
  return real.length > 0 ? real : hosts;
}
