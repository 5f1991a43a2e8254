import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { Link } from "wouter";
import classes from "./customers.module.css";

/** The name of a device's customer, which leads to the devices of the customer. */
export function CustomerLink({
  device: { customer, customerId },
  isInRow = false,
}: {
  device: Pick<DeviceSummary, "customer" | "customerId">;
  /** In a row the keyboard moves between rows, not between links. */
  isInRow?: boolean;
}) {
  if (customer === null || customerId === null) return null;
  return (
    <Link
      href={`/?customerId=${customerId}`}
      className={isInRow ? `${classes.link} ${classes.cell}` : classes.link}
      title={customer}
      tabIndex={isInRow ? -1 : undefined}
      onClick={(event) => event.stopPropagation()}
    >
      <bdi>{customer}</bdi>
    </Link>
  );
}
