import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

// The limit: node:http that answers each request with the same headers and octets, whatever it asks; a POST body is read
// first. In its one argument, as JSON: the headers in turn with their values, and the file with the octets.
const { headers, file } = JSON.parse(process.argv[2] ?? '{}') as { headers: string[]; file: string };
const octets = readFileSync(file);
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
