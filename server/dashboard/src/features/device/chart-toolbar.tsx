import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { ActionIcon, Button, Menu, Popover, SegmentedControl, TextInput, Tooltip } from "@mantine/core";
import { CalendarRange, ChevronLeft, ChevronRight, ZoomOut } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import {
  boundSpan,
  type ChartView,
  type Comparison,
  RANGES,
  type Span,
  spanOf,
  viewerTimeZone,
} from "./chart-view.ts";
import classes from "./chart.module.css";

type ToolbarProps = {
  view: ChartView;
  onChange: (change: Partial<ChartView>) => void;
  /** The device's time zone where it differs from the viewer's, to choose between them. */
  otherTimeZone: string | undefined;
};

/** Chooses the period of the charts: a range, a span of its own, or a step from the one shown. */
export function ChartToolbar({ view, onChange, otherTimeZone }: ToolbarProps) {
  const { t } = useTranslations();
  const { period } = view;
  const move = (change: (span: Span) => Span) =>
    onChange({ period: boundSpan(change(spanOf(period, Date.now()))) });
  return (
    <div className={classes.tools}>
      <Step label={t("device.charts.earlier")} onStep={() => move((span) => stepped(span, -0.5))}>
        <ChevronLeft size={16} />
      </Step>
      <Step
        label={t("device.charts.later")}
        isDisabled={typeof period === "string"}
        onStep={() => move((span) => stepped(span, 0.5))}
      >
        <ChevronRight size={16} />
      </Step>
      <Step label={t("device.charts.zoomOut")} onStep={() => move(widened)}>
        <ZoomOut size={16} />
      </Step>
      <SpanPicker view={view} onSpan={(span) => onChange({ period: span })} />
      <SegmentedControl
        size="sm"
        aria-label={t("device.charts.range")}
        // Without a range of its own a span is none of them.
        value={typeof period === "string" ? period : ""}
        onChange={(value) => onChange({ period: RANGES.find((one) => one === value) ?? "1h" })}
        data={RANGES.map((value) => ({ value, label: t(`device.charts.${value}`) }))}
      />
      <CompareMenu compare={view.compare} onCompare={(compare) => onChange({ compare })} />
      {otherTimeZone !== undefined && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-pressed={view.isDeviceTime}
          onClick={() => onChange({ isDeviceTime: !view.isDeviceTime })}
        >
          {t(view.isDeviceTime ? "device.charts.deviceTime" : "device.charts.viewerTime", {
            zone: view.isDeviceTime ? otherTimeZone : viewerTimeZone(),
          })}
        </Button>
      )}
    </div>
  );
}

function stepped({ fromMs, toMs }: Span, share: number): Span {
  const byMs = (toMs - fromMs) * share;
  // Nothing is known of the future.
  const forwardMs = Math.max(0, Date.now() - toMs);
  return { fromMs: fromMs + Math.min(byMs, forwardMs), toMs: toMs + Math.min(byMs, forwardMs) };
}

function widened({ fromMs, toMs }: Span): Span {
  const end = Math.min(Date.now(), toMs + (toMs - fromMs) / 2);
  return { fromMs: end - 2 * (toMs - fromMs), toMs: end };
}

type StepProps = { label: string; isDisabled?: boolean; onStep: () => void; children: ReactNode };

function Step({ label, isDisabled = false, onStep, children }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} disabled={isDisabled} onClick={onStep}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** Two instants by the viewer's clock. */
function SpanPicker({ view, onSpan }: { view: ChartView; onSpan: (span: Span) => void }) {
  const { t } = useTranslations();
  const [isOpen, setIsOpen] = useState(false);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const fromMs = Date.parse(from);
  const toMs = Date.parse(to);
  const isValid = fromMs < toMs;

  function toggle(): void {
    const span = spanOf(view.period, Date.now());
    setFrom(localInput(span.fromMs));
    setTo(localInput(span.toMs));
    setIsOpen(!isOpen);
  }

  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus position="bottom-end">
      <Popover.Target>
        <Tooltip label={t("device.charts.custom")}>
          <ActionIcon
            variant={typeof view.period === "string" ? "default" : "filled"}
            size={30}
            aria-label={t("device.charts.custom")}
            onClick={toggle}
          >
            <CalendarRange size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.span}
          onSubmit={(event) => {
            event.preventDefault();
            if (!isValid) return;
            onSpan(boundSpan({ fromMs, toMs }));
            setIsOpen(false);
          }}
        >
          <TextInput
            type="datetime-local"
            label={t("device.charts.from")}
            value={from}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t("device.charts.to")}
            value={to}
            error={isValid ? undefined : t("device.charts.wrongSpan")}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={!isValid}>
            {t("device.charts.show")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What an input of the type `datetime-local` takes: local time to the minute. */
function localInput(ms: number): string {
  const date = new Date(ms);
  const local = new Date(ms - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

type CompareMenuProps = { compare: Comparison | null; onCompare: (compare: Comparison | null) => void };

function CompareMenu({ compare, onCompare }: CompareMenuProps) {
  const { t } = useTranslations();
  const choices = [null, "day", "week"] as const;
  const label = (choice: Comparison | null) => t(`device.charts.compare.${choice ?? "none"}`);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant={compare ? "light" : "subtle"}>
          {label(compare)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice ?? "none"}
            aria-current={choice === compare}
            onClick={() => onCompare(choice)}
          >
            {label(choice)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
