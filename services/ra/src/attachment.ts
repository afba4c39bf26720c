import type { FastifyReply } from 'fastify';

/** Has the browser save what is sent, under this name. The name is ours: nothing in it is escaped. */
export function asAttachment(reply: FastifyReply, name: string): FastifyReply {
  return reply.header('content-disposition', `attachment; filename="${name}"`);
}
