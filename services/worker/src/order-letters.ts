import type { Database } from '@see/db';
import {
  type AskedMail,
  findCorrespondent,
  findOrdersOfLetter,
  findOrderToMail,
  type OrderToMail,
  sameMailbox,
} from '@see/db/worker';
import { type Authority, RefusedError, refused } from '@see/domain';
import { codeLetter, type LinkOfMany, linkLetter, linksLetter } from '@see/letters';
import { CanonicalError } from '@see/statement';
import type { EnrolmentCodes } from './enrolment-codes.ts';
import { type ApprovedOrder, readApprovedOrder } from './order-checks.ts';
import { gone, type WrittenMail } from './written-mail.ts';

/** What writing the letters of orders needs. */
export interface OrderLettersDeps {
  readonly db: Database;
  readonly instance: string;
  readonly authority: () => Authority;
  readonly codes: EnrolmentCodes;
  readonly portalUrl: string;
}

/**
 * Writes the letters that open orders bring about. Where a code goes, and to whom a link, is read from the bytes that the
 * approvers signed, never from the row that asked for the mail. Throws RefusedError or CanonicalError.
 */
export class OrderLetters {
  readonly #deps: OrderLettersDeps;

  constructor(deps: OrderLettersDeps) {
    this.#deps = deps;
  }

  /** The code of an order, to the person. */
  async code(orderId: string): Promise<WrittenMail> {
    const approved = await this.#approved(await findOrderToMail(this.#deps.db, orderId));
    if (!approved) return OVER;
    const { code, commitment } = await this.#deps.codes.recall(orderId, approved.nonce);
    if (commitment.toHex() !== approved.commitment)
      throw refused('order-tampered', 'the content is bound to another code than this worker makes');
    const useBefore = new Date(approved.useBefore * 1000);
    return { recipient: approved.deliverTo, letter: codeLetter({ orderId, code, useBefore }), orders: [orderId] };
  }

  /** The link of an order, to its sponsor. */
  async link(orderId: string): Promise<WrittenMail> {
    const approved = await this.#approved(await findOrderToMail(this.#deps.db, orderId));
    if (!approved) return OVER;
    const recipient = await this.#addressOf(approved.sponsor);
    const link = await this.#linkOf(approved);
    if (!recipient || !link) return NO_RECIPIENT;
    if (await sameMailbox(this.#deps.db, recipient, approved.deliverTo))
      return gone('one-mailbox', 'the sponsor reads the mailbox that gets the code');
    return { recipient, letter: linkLetter({ ...link, renews: approved.replaces.length > 0 }), orders: [orderId] };
  }

  /**
   * The links of many orders, to their sponsor. An order that is over, or whose link would come to the mailbox of its code, is
   * left out; one whose bytes are not what approvers signed for this sponsor is too, and is named.
   */
  async links(mail: AskedMail): Promise<WrittenMail> {
    const { db } = this.#deps;
    const { sponsorId } = mail.detail as { readonly sponsorId: string };
    const recipient = await this.#addressOf(sponsorId);
    if (!recipient) return NO_RECIPIENT;
    const links: LinkOfMany[] = [];
    const refusals: { orderId: string; code: string; message: string }[] = [];
    for (const order of await findOrdersOfLetter(db, mail.id)) {
      try {
        const approved = await this.#approved(order);
        if (!approved) continue;
        if (approved.sponsor !== sponsorId) throw refused('order-tampered', 'the order has another sponsor');
        if (await sameMailbox(db, recipient, approved.deliverTo)) continue;
        const link = await this.#linkOf(approved);
        if (link) links.push(link);
      } catch (error) {
        if (!(error instanceof RefusedError || error instanceof CanonicalError)) throw error;
        refusals.push({ orderId: order.id, code: error.code, message: error.message.slice(0, 400) });
      }
    }
    if (links.length === 0) return { ...OVER, refusals };
    return { recipient, letter: linksLetter(links), orders: links.map(({ orderId }) => orderId), refusals };
  }

  /** An order as its approvers signed it; undefined when it can not be redeemed any more. */
  async #approved(order: OrderToMail | undefined): Promise<ApprovedOrder | undefined> {
    if (order?.state !== 'redeemable' || order.over) return undefined;
    const { content, digest } = order;
    if (!content || !digest) throw refused('order-tampered', 'the order has no content');
    return readApprovedOrder({ ...order, content, digest }, this.#deps.instance, this.#deps.authority());
  }

  async #addressOf(sponsorId: string): Promise<string | undefined> {
    return (await findCorrespondent(this.#deps.db, sponsorId))?.email ?? undefined;
  }

  async #linkOf({ orderId, applicant, useBefore }: ApprovedOrder): Promise<LinkOfMany | undefined> {
    const person = await findCorrespondent(this.#deps.db, applicant);
    if (!person) return undefined;
    return {
      orderId,
      personId: applicant,
      personName: person.name,
      url: `${this.#deps.portalUrl}/enrol/${orderId}`,
      useBefore: new Date(useBefore * 1000),
    };
  }
}

const OVER = gone('order-over', 'the order can not be redeemed any more');
const NO_RECIPIENT = gone('no-recipient', 'the sponsor has no address, or somebody has left');
