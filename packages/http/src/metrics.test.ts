import { describe, expect, it } from 'vitest';
import { Metrics } from './metrics.ts';

describe('metrics', () => {
  it('are text of Prometheus', () => {
    const metrics = new Metrics();
    const count = metrics.counter('answers_total', 'Answers.');
    metrics.gauge({
      name: 'age',
      help: 'Age.',
      read: () => [
        ['ca="tls"', 1.5],
        ['', 2],
      ],
    });
    count('status="good"');
    count('status="good"');
    count();
    expect(metrics.text()).toBe(
      '# HELP answers_total Answers.\n# TYPE answers_total counter\nanswers_total{status="good"} 2\nanswers_total 1\n' +
        '# HELP age Age.\n# TYPE age gauge\nage{ca="tls"} 1.5\nage 2\n',
    );
  });
});
