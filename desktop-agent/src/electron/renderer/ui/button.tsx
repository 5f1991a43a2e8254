import type { ComponentProps } from "react";
import classes from "./button.module.css";

type ButtonProps = ComponentProps<"button"> & {
  /** `danger` names what cannot be taken back, `quiet` stands in a row of many. */
  look?: "main" | "plain" | "danger" | "quiet";
};

export function Button({ look = "plain", className, ...rest }: ButtonProps) {
  const own = className ? `${classes.button} ${className}` : classes.button;
  return <button type="button" data-look={look} {...rest} className={own} />;
}
