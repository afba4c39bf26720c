import type { App } from '@see/http';
import type { AssetSet } from './load-assets.ts';

/** Serves the files of an asset set from memory. Names change with the content, so browsers keep them for a year. */
export function assetRoutes(app: App, assets: AssetSet): void {
  for (const asset of assets.files.values()) {
    app.get(asset.path, { config: { operation: 'asset.get', public: true } }, async (request, reply) => {
      reply
        .type(asset.type)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'Accept-Encoding');
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(asset.body);
      return reply.header('content-encoding', 'gzip').send(asset.gzip);
    });
  }
}
