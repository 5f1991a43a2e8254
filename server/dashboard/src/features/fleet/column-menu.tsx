import { ActionIcon, Button, Popover } from "@mantine/core";
import { Columns3, GripVertical } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import classes from "./column-menu.module.css";
import { FLEET_COLUMNS, type FleetColumn } from "./fleet-columns.tsx";
import type { Columns, Density } from "./use-columns.ts";

const DENSITIES: readonly Density[] = ["comfortable", "compact"];

/** Which columns are shown and in which order, how dense the rows are, and back to the default. */
export function ColumnMenu({ columns, className }: { columns: Columns; className: string | undefined }) {
  const { t } = useTranslations();
  const { layout, setDensity, reset } = columns;
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size={34}
          variant="default"
          aria-label={t("fleet.columns.label")}
          title={t("fleet.columns.label")}
          className={className}
        >
          <Columns3 size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={t("fleet.columns.label")}>
        <ColumnList columns={columns} />
        <div className={classes.line} role="group" aria-label={t("fleet.layout.density")}>
          {DENSITIES.map((density) => (
            <Button
              key={density}
              size="compact-sm"
              variant="default"
              aria-pressed={layout.density === density}
              className={classes.density}
              onClick={() => setDensity(density)}
            >
              {t(`fleet.layout.${density}`)}
            </Button>
          ))}
        </div>
        <Button size="compact-sm" variant="subtle" onClick={reset}>
          {t("fleet.layout.reset")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** The columns that are shown in their order, then the others. Dragging a row or the arrow keys on its grip move it. */
function ColumnList({ columns: { layout, toggle, move } }: { columns: Columns }) {
  const { t } = useTranslations();
  const [dragged, setDragged] = useState<FleetColumn["id"] | null>(null);
  const [moved, setMoved] = useState("");
  const shown = layout.columns.map(({ id }) => id);
  const hidden = FLEET_COLUMNS.map(({ id }) => id).filter((id) => !shown.includes(id));

  function moveTo(id: FleetColumn["id"], index: number): void {
    if (index < 1 || index >= shown.length) return;
    move(id, index);
    setMoved(
      t("fleet.layout.moved", {
        column: t(`fleet.columns.${id}`),
        position: index + 1,
        count: shown.length,
      }),
    );
  }
  function onKey(event: KeyboardEvent, id: FleetColumn["id"], index: number): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    moveTo(id, index + step);
  }
  return (
    <>
      <ul className={classes.columns}>
        {[...shown, ...hidden].map((id, index) => {
          const isMovable = index > 0 && index < shown.length;
          return (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only the pointer drags the row; its grip is the control
            <li
              key={id}
              className={classes.column}
              draggable={isMovable}
              data-dragged={dragged === id || undefined}
              onDragStart={() => setDragged(id)}
              onDragEnd={() => setDragged(null)}
              onDragOver={(event) => {
                if (dragged === null || !isMovable) return;
                event.preventDefault();
                if (dragged !== id) moveTo(dragged, index);
              }}
            >
              {isMovable ? (
                <button
                  type="button"
                  className={classes.grip}
                  aria-label={t("fleet.layout.move", { column: t(`fleet.columns.${id}`) })}
                  title={t("fleet.layout.moveHint")}
                  onKeyDown={(event) => onKey(event, id, index)}
                >
                  <GripVertical size={14} aria-hidden="true" />
                </button>
              ) : (
                <span className={classes.grip} />
              )}
              {id === "name" ? (
                <span className={classes.label}>{t("fleet.columns.name")}</span>
              ) : (
                <label className={classes.label}>
                  <TickBox isTicked={shown.includes(id)} onChange={() => toggle(id)} />
                  {t(`fleet.columns.${id}`)}
                </label>
              )}
            </li>
          );
        })}
      </ul>
      <span role="status" className={classes.status}>
        {moved}
      </span>
    </>
  );
}
