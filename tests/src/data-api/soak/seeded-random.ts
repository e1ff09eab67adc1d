const modulus = 2 ** 31 - 1;
const multiplier = 48_271;

/** Numbers between 0 and 1, the same for the same seed: Park and Miller's minimal standard generator with its revised multiplier. */
export function seededRandom(seed: number): () => number {
  let state = (seed % (modulus - 1)) + 1;
  const next = () => {
    state = (state * multiplier) % modulus;
    return state / modulus;
  };
  // Seeds next to each other begin alike.
  for (let draw = 0; draw < 5; draw += 1) next();
  return next;
}
