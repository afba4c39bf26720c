import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';

/** What a span tells besides its name: no serial numbers, no names, nothing about who asked. */
export type SpanFacts = Readonly<Record<string, string | number>>;

/** What takes time, as spans of OpenTelemetry. */
export interface Trace {
  /** Does the work in a span; spans that begin meanwhile are its children. A failure is told in the span and goes on. */
  of<T>(name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T>;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** A collector that does not answer is not waited for longer when va ends. */
const CLOSE_PATIENCE_MS = 2_000;

/** No spans: what va does unless it is told where to send them. */
export const NO_TRACE: Trace = { of: (_name, _facts, work) => work(), close: async () => undefined };

/**
 * Spans are sent by OTLP over HTTP to the endpoint of the standard variable OTEL_EXPORTER_OTLP_ENDPOINT; without it there are none and
 * the library is not even loaded. What cannot be sent is lost, as the protocol has it: nothing waits for it.
 */
export async function openTrace(endpoint: string | undefined, instance: string): Promise<Trace> {
  if (endpoint === undefined || endpoint === '') return NO_TRACE;
  const { ROOT_CONTEXT, SpanStatusCode, trace } = await import('@opentelemetry/api');
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'see-va', 'service.instance.id': instance }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('see-pki');
  const active = new AsyncLocalStorage<typeof ROOT_CONTEXT>();
  return {
    of(name, attributes, work) {
      const within = active.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes }, within);
      return active.run(trace.setSpan(within, span), async () => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    close: () => Promise.race([provider.shutdown(), setTimeout(CLOSE_PATIENCE_MS)]),
  };
}
