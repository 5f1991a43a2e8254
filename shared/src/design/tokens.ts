/** The identity: colours by meaning, and those of further lines in charts, dark and light, each at least 4.5:1 on the grounds of its scheme: `ground`, `surface`, `raised`. */
export const COLOURS = {
  dark: {
    ground: "#0d1628",
    surface: "#142038",
    raised: "#1b2a47",
    line: "#2a3a5a",
    text: "#e6edf8",
    textDim: "#9fb0cc",
    accent: "#46b8ff",
    ok: "#22c55e",
    warn: "#facc15",
    critical: "#fb5c76",
    offline: "#9ca3af",
    expired: "#f59e42",
    series3: "#b794f6",
    series4: "#2dd4bf",
    series5: "#f472b6",
    series6: "#c3d34a",
  },
  light: {
    ground: "#f7f9fc",
    surface: "#ffffff",
    raised: "#eef2f8",
    line: "#d5dde9",
    text: "#0d1628",
    textDim: "#4a5a75",
    accent: "#0a6cba",
    ok: "#147a3a",
    warn: "#955a06",
    critical: "#be123c",
    offline: "#5d6b82",
    expired: "#a84d08",
    series3: "#6b3fc4",
    series4: "#0f766e",
    series5: "#b0286f",
    series6: "#5f6b08",
  },
} as const;

export const SPACING_PX = 4;
export const RADIUS_PX = 8;
/** The one shadow, under what floats. */
export const SHADOW = "0 4px 16px rgb(5 12 28 / 16%)";
/** Titles and figures; texts take the system's sans. */
export const TITLE_FONT = '"Space Grotesk Variable", system-ui, sans-serif';
export const TEXT_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif';
