import swagger from '@fastify/swagger';
import type { RouteOptions } from 'fastify';
import type { App } from './app.ts';
import { ProblemSchema } from './problem-schema.ts';

export interface OpenApiOptions {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** From the configuration, never from a request. */
  readonly serverUrl: string;
  /** Routes below this path are described and held to having schemas. */
  readonly prefix: string;
}

const MUTUAL_TLS = {
  type: 'mutualTLS',
  description:
    'An operator certificate, at the port for mutual TLS. Who has several roles names one in the header See-Role: operator, or sponsor treasury',
};

/**
 * Describes the routes below a path as OpenAPI 3.1, from the same schemas that validate. Must be called before routes
 * are added. A described route without a summary or a response schema makes the start fail; one without a query or
 * parameter schema gets one that takes nothing, so no route has an input that is not described.
 */
export async function describeApi(app: App, options: OpenApiOptions): Promise<void> {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (!route.url.startsWith(`${options.prefix}/`) || route.method === 'HEAD') return;
    const schema = route.schema;
    if (!schema?.summary || !schema.response) {
      throw new TypeError(`route ${String(route.method)} ${route.url} has no summary or response schema`);
    }
    schema.querystring ??= { type: 'object', properties: {}, additionalProperties: false };
    schema.operationId = (route.config?.operation ?? '').replaceAll(/[.-](\w)/g, (_all, letter: string) =>
      letter.toUpperCase(),
    );
    if (route.config?.public === true) schema.security = [];
    const problem = { description: 'The refusal', content: { 'application/problem+json': { schema: ProblemSchema } } };
    schema.response = { '4xx': problem, '5xx': problem, ...schema.response };
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: options.title, description: options.description, version: options.version },
      servers: [{ url: options.serverUrl }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'A token of see token create' },
          // OpenAPI 3.1 has it (4.8.27), the types of the plugin are those of 3.0.
          certificate: MUTUAL_TLS as never,
        },
      },
      security: [{ token: [] }, { certificate: [] }],
    },
    transform: ({ schema, url, route }) =>
      url.startsWith(`${options.prefix}/`) && route.method !== 'HEAD'
        ? { schema, url }
        : { schema: { ...schema, hide: true }, url },
  });
}

/** The OpenAPI document. The app must be ready. */
export function apiDescription(app: App): Record<string, unknown> {
  return app.swagger() as unknown as Record<string, unknown>;
}
