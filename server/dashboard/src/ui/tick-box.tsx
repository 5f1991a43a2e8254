import classes from "./tick-box.module.css";

type TickBoxProps = {
  isTicked: boolean;
  /** Some of what it stands for is ticked. */
  isMixed?: boolean;
  label?: string;
  tabIndex?: number;
  onChange: () => void;
};

/** A checkbox light enough for thousands of rows. Without a label it stands inside one. */
export function TickBox({ isTicked, isMixed = false, label, tabIndex, onChange }: TickBoxProps) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      checked={isTicked}
      aria-label={label}
      tabIndex={tabIndex}
      ref={(box) => {
        if (box) box.indeterminate = isMixed;
      }}
      onChange={onChange}
    />
  );
}
