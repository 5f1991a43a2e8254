import classes from "./meter.module.css";

/** A share of a whole with its value. Above `from` the health formula takes points away. */
export function Meter({
  percent,
  text,
  label,
  from,
}: {
  percent: number | undefined;
  text: string;
  label: string;
  from: number;
}) {
  const level =
    percent === undefined || percent <= from ? "plain" : percent > (from + 100) / 2 ? "critical" : "warn";
  return (
    <span className={classes.meter} role="img" aria-label={`${label} ${text}`} title={`${label} ${text}`}>
      <span className={classes.value}>{text}</span>
      <span className={classes.bar}>
        <i data-level={level} style={{ width: `${percent ?? 0}%` }} />
      </span>
    </span>
  );
}
