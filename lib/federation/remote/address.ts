/** What somebody typed that is an address of the network: a web address, or `@name@host`. */
export const isAddress = (text: string): boolean =>
  /^https?:\/\/[^\s]{3,2000}$/i.test(text.trim()) || /^(acct:)?@?[\w.-]{1,64}@[^\s@/]{3,255}$/.test(text.trim());
