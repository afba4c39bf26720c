/** Something measured beside its limit, with the limit taken right before and right after. */
export interface Round {
  readonly rate: number;
  readonly limit: number;
}

/**
 * Measures in rounds: the limit, the thing, the limit again. The machine's speed drifts, so each round is compared with
 * the limits around it, and the round with the median ratio is returned.
 */
export async function medianRound(
  rounds: number,
  limit: () => Promise<number>,
  thing: () => Promise<number>,
): Promise<Round> {
  const taken: Round[] = [];
  let before = await limit();
  for (let round = 0; round < rounds; round += 1) {
    const rate = await thing();
    const after = await limit();
    taken.push({ rate, limit: (before + after) / 2 });
    before = after;
  }
  taken.sort((one, other) => one.rate / one.limit - other.rate / other.limit);
  return taken[Math.floor(taken.length / 2)] ?? { rate: 0, limit: 1 };
}
