/**
 * What somebody wrote, as the title of a page. Next puts the server's name behind it by `String.replace`, where a dollar sign
 * begins a pattern.
 */
export const asTitle = (text: string): string => text.replaceAll("$", "$$$$");
