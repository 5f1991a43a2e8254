import type { ReactNode } from "react";
import classes from "./message-state.module.css";

type MessageStateProps = {
  icon: ReactNode;
  title: string;
  text?: string;
  /** Buttons, or whatever helps further. */
  children?: ReactNode;
  isPage?: boolean;
};

/** A message in place of content: empty, no match, not allowed, not reachable. */
export function MessageState({ icon, title, text, children, isPage = false }: MessageStateProps) {
  const Title = isPage ? "h1" : "h2";
  return (
    <section className={classes.state} data-page={isPage || undefined}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <Title>{title}</Title>
      {text && <p>{text}</p>}
      {children && <div className={classes.actions}>{children}</div>}
    </section>
  );
}
