const most = 8;
const slot = Symbol.for("parvis.rsa-pairs");
const worker = globalThis as { [slot]?: Promise<CryptoKeyPair>[] };

/**
 * From now on, actors of this process have RSA pairs of a stock, the ninth that of the first: to make one takes longer than
 * most tests. What tests compare are two or three, which differ.
 */
export function stockKeys(): void {
  if (worker[slot]) return;
  const stock: Promise<CryptoKeyPair>[] = [];
  worker[slot] = stock;
  const make = crypto.subtle.generateKey.bind(crypto.subtle) as (...words: unknown[]) => Promise<CryptoKeyPair>;
  let next = 0;
  const take = (algorithm: { name: string }, extractable: boolean, usages: string[]) => {
    if (!algorithm.name.startsWith("RSA")) return make(algorithm, extractable, usages);
    const at = next++ % most;
    stock[at] ??= make(algorithm, extractable, usages);
    return stock[at];
  };
  Object.defineProperty(crypto.subtle, "generateKey", { value: take });
}
