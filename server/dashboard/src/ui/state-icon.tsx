import { useTranslations } from "../i18n/translations.tsx";
import classes from "./state-icon.module.css";
import type { StateName } from "./state-name.ts";

export type { StateName };

type StateIconProps = {
  state: StateName;
  /** In pixels, 16 by default. */
  size?: number;
  /** Set when the text stands next to it, so that a screen reader does not read it twice. */
  isDecorative?: boolean;
};

const RING = { fill: "none", stroke: "currentColor", strokeWidth: 2 } as const;

const SHAPES: Record<StateName, React.ReactNode> = {
  ok: <circle cx="8" cy="8" r="5.5" fill="currentColor" />,
  late: (
    <>
      <circle cx="8" cy="8" r="5" {...RING} />
      <path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" />
    </>
  ),
  info: (
    <>
      <path
        d="M3.5 1.5h9a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2z"
        {...RING}
        strokeWidth={1.5}
      />
      <path d="M8 7v4.6M8 4v1.6" {...RING} strokeWidth={1.8} />
    </>
  ),
  warn: (
    <>
      <path d="M8 1.6 15 14H1z" fill="currentColor" strokeLinejoin="round" />
      <path d="M8 6v4M8 11.4v1.4" className={classes.cut} />
    </>
  ),
  critical: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="M8 4v5M8 10.8v1.6" className={classes.cut} />
    </>
  ),
  offline: <circle cx="8" cy="8" r="5" {...RING} />,
  absent: (
    <>
      <circle cx="8" cy="8" r="6" {...RING} />
      <path d="M5.5 5.5l5 5M10.5 5.5l-5 5" {...RING} />
    </>
  ),
  expired: (
    <>
      <circle cx="8" cy="8" r="6" {...RING} />
      <path d="M8 4.8V8l2.2 1.6" {...RING} strokeWidth={1.6} />
    </>
  ),
  paused: <path d="M4 2.5h3v11H4zM9 2.5h3v11H9z" fill="currentColor" />,
  asleep: <path d="M10.8 1.6a6.6 6.6 0 1 0 3.6 9.3A5.6 5.6 0 0 1 10.8 1.6z" fill="currentColor" />,
  maintenance: (
    <path
      d="M14.3 4.2a4 4 0 0 1-5.2 5L4.6 13.7a1.6 1.6 0 0 1-2.3-2.3l4.5-4.5a4 4 0 0 1 5-5.2L9.5 4l.4 2.1 2.1.4z"
      fill="currentColor"
    />
  ),
  waiting: <circle cx="8" cy="8" r="5.5" {...RING} strokeDasharray="2.4 2.2" />,
  archived: (
    <>
      <path d="M1.5 2.5h13v3h-13z" fill="currentColor" />
      <path d="M3 6.5v7h10v-7M6 9h4" {...RING} />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="5.5" {...RING} strokeWidth={1.5} />
      <path d="M5.5 8h5" {...RING} />
    </>
  ),
};

export function StateIcon({ state, size = 16, isDecorative = false }: StateIconProps) {
  const { t } = useTranslations();
  const label = t(`states.shown.${state}`);
  const naming = isDecorative ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg
      className={classes.icon}
      data-state={state}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...naming}
    >
      {!isDecorative && <title>{label}</title>}
      {SHAPES[state]}
    </svg>
  );
}
