import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";
import { COLOURS, RADIUS_PX, TEXT_FONT, TITLE_FONT } from "@muster/shared/design/tokens.ts";

/** Mantine wants ten shades; the accent is one colour per scheme, so the light scheme gets the darker ones and the dark scheme the lighter ones. */
const ACCENT: MantineColorsTuple = [
  "#e5f5ff",
  "#cde8ff",
  "#9acffe",
  "#64b5fd",
  COLOURS.dark.accent,
  "#2a9bf0",
  "#1683d8",
  COLOURS.light.accent,
  "#085a9b",
  "#04467a",
];

const CRITICAL: MantineColorsTuple = [
  "#ffe9ee",
  "#ffd1da",
  "#fda1b3",
  "#f96d89",
  COLOURS.dark.critical,
  "#ef4162",
  "#d01f45",
  COLOURS.light.critical,
  "#9d0e32",
  "#7d0a28",
];

/** Mantine's colours for inputs and surfaces in the dark scheme. */
const NIGHT: MantineColorsTuple = [
  COLOURS.dark.text,
  "#c3cfe3",
  COLOURS.dark.textDim,
  "#7486a6",
  COLOURS.dark.line,
  "#22304d",
  COLOURS.dark.raised,
  COLOURS.dark.surface,
  "#101b31",
  COLOURS.dark.ground,
];

/** Text on a filled button: white is too faint on the colours of the dark scheme. */
const ON_FILLED = "light-dark(var(--surface), var(--ground))";

const readableOnFilled: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  return input.variant === "filled" ? { ...colours, color: ON_FILLED } : colours;
};

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 4 },
  colors: { accent: ACCENT, critical: CRITICAL, dark: NIGHT },
  variantColorResolver: readableOnFilled,
  fontFamily: TEXT_FONT,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  headings: { fontFamily: TITLE_FONT, fontWeight: "600" },
  defaultRadius: RADIUS_PX,
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120 },
        // Otherwise its header counts as a second banner of the page.
        attributes: { header: { role: "presentation" } },
        overlayProps: { backgroundOpacity: 0.5 },
      },
    },
    Menu: {
      defaultProps: {
        transitionProps: { duration: 80 },
        shadow: "md",
        // It is not an entry, and a menu must not contain other focusable elements.
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: "md" } },
    Checkbox: { defaultProps: { iconColor: ON_FILLED } },
    Radio: { defaultProps: { iconColor: ON_FILLED } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 80 } }, allowDeselect: false } },
  },
});

/** Mantine's surfaces and texts take the shared tokens, which exist as CSS variables for both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const surfaces = {
    "--mantine-color-body": "var(--surface)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--text-dim)",
    "--mantine-color-placeholder": "var(--text-dim)",
    "--mantine-color-default": "var(--surface)",
    "--mantine-color-default-hover": "var(--raised)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--line)",
    "--mantine-color-error": "var(--critical)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-accent-light-color": "var(--accent)",
    "--mantine-color-critical-light-color": "var(--critical)",
    "--mantine-color-accent-light": tint("accent", 10),
    "--mantine-color-accent-light-hover": tint("accent", 12),
    "--mantine-color-critical-light": tint("critical", 10),
    "--mantine-color-critical-light-hover": tint("critical", 12),
  };
  return { variables: {}, light: surfaces, dark: surfaces };
};

/** A background on which text in the same colour keeps its contrast. */
function tint(colour: "accent" | "critical", percent: number): string {
  return `color-mix(in srgb, var(--${colour}) ${percent}%, var(--surface))`;
}
