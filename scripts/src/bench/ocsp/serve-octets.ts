import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

// The limit: node:http that answers each request with the same octets, whatever it asks; a POST body is read first.
const octets = readFileSync(process.argv[2] ?? '');
const headers = ['content-type', 'application/ocsp-response', 'content-length', String(octets.length)];
const server = createServer((request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(200, headers).end(octets);
    return;
  }
  request.on('data', () => undefined);
  request.on('end', () => response.writeHead(200, headers).end(octets));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
