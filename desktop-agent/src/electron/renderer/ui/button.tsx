import type { ComponentProps } from "react";
import classes from "./button.module.css";

type ButtonProps = ComponentProps<"button"> & {
  /** `danger` is for actions that cannot be undone, `subtle` for a row of many buttons. */
  look?: "main" | "default" | "danger" | "subtle";
};

export function Button({ look = "default", className, ...rest }: ButtonProps) {
  const own = className ? `${classes.button} ${className}` : classes.button;
  return <button type="button" data-look={look} {...rest} className={own} />;
}
