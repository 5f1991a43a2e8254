import { MARK } from "@muster/shared/design/mark.ts";

/** The logo, in the colours of its surroundings. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox={`0 0 ${MARK.size} ${MARK.size}`} aria-hidden="true">
      {MARK.dots.map((dot) => (
        <circle
          key={dot.x}
          cx={dot.x}
          cy={dot.y}
          r={dot.radius}
          fill={dot.isLit ? "var(--accent)" : "var(--text-dim)"}
        />
      ))}
    </svg>
  );
}
