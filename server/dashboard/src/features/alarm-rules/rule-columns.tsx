import { ActionIcon, Menu, Switch } from "@mantine/core";
import type { ListedAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { ChevronDown, ChevronUp, Copy, Ellipsis, Pencil, Trash2, TriangleAlert } from "lucide-react";
import { Link, useLocation } from "wouter";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import type { DataColumn } from "../../ui/data-table.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import classes from "./alarm-rules.module.css";
import { movedIds, peersOf } from "./rule-order.ts";
import { useRuleTexts } from "./rule-texts.ts";
import { useRuleChange } from "./use-alarm-rules.ts";

/** A dialog of the list that is open. */
export type OpenRuleDialog = { kind: "delete" | "disable"; rule: ListedAlarmRule };
type ListActions = { mayEdit: boolean; onOpen: (dialog: OpenRuleDialog) => void };

export function useRuleColumns(
  rules: readonly ListedAlarmRule[],
  { mayEdit, onOpen }: ListActions,
): DataColumn<ListedAlarmRule>[] {
  const { t } = useTranslations();
  const { conditionText, scopeText, typeTexts } = useRuleTexts();
  return [
    {
      name: "enabled",
      label: t("alarmRules.enabled"),
      cell: (rule) => <EnabledCell rule={rule} mayEdit={mayEdit} onOpen={onOpen} />,
    },
    {
      name: "rule",
      label: t("alarmRules.rule"),
      cell: ({ id, name, type }) => (
        <span className={classes.rule}>
          <Link href={`/settings/alarm-rules/${id}`} className={classes.link}>
            <bdi>{name}</bdi>
          </Link>
          <small>{typeTexts(type).label}</small>
        </span>
      ),
    },
    {
      name: "condition",
      label: t("alarmRules.condition"),
      cell: (rule) => (
        <span className={classes.rule}>
          {conditionText(rule)}
          {rule.shadowedBy && (
            <span className={classes.shadowed}>
              <TriangleAlert size={14} aria-hidden />
              {t("alarmRules.shadowed", { name: rule.shadowedBy.name })}
            </span>
          )}
        </span>
      ),
    },
    {
      name: "scope",
      label: t("alarmRules.appliesTo"),
      cell: ({ scope, scopeName }) => scopeText(scope, scopeName),
    },
    {
      name: "open",
      label: t("alarmRules.openAlarms"),
      isNumber: true,
      cell: (rule) => <OpenAlarms rule={rule} />,
    },
    {
      name: "order",
      label: t("alarmRules.order"),
      isNumber: true,
      cell: (rule) => <OrderCell rule={rule} rules={rules} mayEdit={mayEdit} />,
    },
    ...(mayEdit
      ? [
          {
            name: "actions",
            label: "",
            isNumber: true,
            cell: (rule: ListedAlarmRule) => <RuleMenu rule={rule} onOpen={onOpen} />,
          },
        ]
      : []),
  ];
}

function EnabledCell({ rule, mayEdit, onOpen }: { rule: ListedAlarmRule } & ListActions) {
  const { t } = useTranslations();
  const { enable } = useRuleChange();
  if (!mayEdit) return t(rule.isEnabled ? "alarmRules.enabled" : "alarmRules.disabled");
  return (
    <Switch
      aria-label={t("alarmRules.enable", { name: rule.name })}
      checked={enable.isPending ? enable.variables.isEnabled : rule.isEnabled}
      onChange={({ currentTarget: { checked } }) => {
        if (!checked && rule.openAlarms > 0) onOpen({ kind: "disable", rule });
        else enable.mutate({ rule, isEnabled: checked });
      }}
    />
  );
}

function OpenAlarms({ rule: { id, openAlarms } }: { rule: ListedAlarmRule }) {
  const formats = useFormats();
  if (openAlarms === 0) return formats.whole(0);
  return (
    <Link href={`/alarms?rule=${id}`} className={classes.link}>
      {formats.whole(openAlarms)}
    </Link>
  );
}

type OrderCellProps = { rule: ListedAlarmRule; rules: readonly ListedAlarmRule[]; mayEdit: boolean };

/** The place of a rule among those that are equally specific. Empty for one without peers: its order decides nothing. */
function OrderCell({ rule, rules, mayEdit }: OrderCellProps) {
  const { t } = useTranslations();
  const { order } = useRuleChange();
  const peers = peersOf(rule, rules);
  if (peers.length < 2) return null;
  const { name } = rule;
  const steps = [
    { step: -1, label: t("alarmRules.moveUp", { name }), Icon: ChevronUp },
    { step: 1, label: t("alarmRules.moveDown", { name }), Icon: ChevronDown },
  ] as const;
  return (
    <span className={classes.order} title={t("alarmRules.orderHint")}>
      {t("alarmRules.place", { place: peers.indexOf(rule.id) + 1, count: peers.length })}
      {mayEdit &&
        steps.map(({ step, label, Icon }) => {
          const ids = movedIds(rule, rules, step);
          const id = `rule-${rule.id}-${step}`;
          return (
            <ActionIcon
              key={step}
              id={id}
              variant="subtle"
              color="gray"
              aria-label={label}
              aria-disabled={ids === null || order.isPending}
              data-disabled={ids === null || undefined}
              onClick={() => {
                if (ids === null || order.isPending) return;
                // Moving a row takes the focus from its button.
                const focusAgain = () => requestAnimationFrame(() => document.getElementById(id)?.focus());
                order.mutate(ids, { onSuccess: focusAgain });
              }}
            >
              <Icon size={16} />
            </ActionIcon>
          );
        })}
    </span>
  );
}

function RuleMenu({ rule, onOpen }: { rule: ListedAlarmRule } & Pick<ListActions, "onOpen">) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const [, navigate] = useLocation();
  const { duplicate } = useRuleChange();
  const open = (id: string) => navigate(`/settings/alarm-rules/${id}`);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("alarmRules.menu", { name: rule.name })}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Pencil size={16} />} onClick={() => open(rule.id)}>
          {t("alarmRules.edit")}
        </Menu.Item>
        <Menu.Item
          leftSection={<Copy size={16} />}
          onClick={() =>
            duplicate.mutate(rule.id, {
              onSuccess(copy) {
                showToast({ text: t("alarmRules.duplicated") });
                open(copy.id);
              },
            })
          }
        >
          {t("alarmRules.duplicate")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="critical"
          leftSection={<Trash2 size={16} />}
          onClick={() => onOpen({ kind: "delete", rule })}
        >
          {t("alarmRules.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
