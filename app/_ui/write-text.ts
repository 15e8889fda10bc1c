/** Writes into a field what somebody could have typed there, so that the browser's own undo takes it back. */
export function writeText(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  // Deprecated, and the only way whose doing undo knows of.
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
