/** Two half-discs meeting, one slipped by a third of a radius: an open square, and people coming to it. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 3a11 11 0 0 0 0 22z" fill="var(--accent)" />
      <path d="M16 7a11 11 0 0 1 0 22z" fill="var(--sun)" />
    </svg>
  );
}
