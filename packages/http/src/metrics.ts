/** A value that is read when it is asked for. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  /** `counter` for one that only grows; a gauge otherwise. */
  readonly type?: 'counter';
  /** Values by labels, written as `ca="gateway"`; the empty text for none. */
  readonly read: () => Iterable<readonly [labels: string, value: number]>;
}

/** Counters and gauges in the text format of Prometheus. Labels are few and never chosen by a client. */
export class Metrics {
  readonly #counters = new Map<string, { readonly help: string; readonly values: Map<string, number> }>();
  readonly #gauges: Gauge[] = [];

  /** Makes a counter; the function returned counts one. */
  counter(name: string, help: string): (labels?: string) => void {
    const values = new Map<string, number>();
    this.#counters.set(name, { help, values });
    return (labels = '') => {
      values.set(labels, (values.get(labels) ?? 0) + 1);
    };
  }

  gauge(gauge: Gauge): void {
    this.#gauges.push(gauge);
  }

  text(): string {
    let text = '';
    for (const [name, { help, values }] of this.#counters) text += family(name, 'counter', help, values);
    for (const { name, help, type = 'gauge', read } of this.#gauges) text += family(name, type, help, read());
    return text;
  }
}

function family(name: string, type: string, help: string, values: Iterable<readonly [string, number]>): string {
  let text = `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
  for (const [labels, value] of values) text += `${name}${labels === '' ? '' : `{${labels}}`} ${value}\n`;
  return text;
}
