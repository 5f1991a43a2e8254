import "../../ui/mantine-dialog-styles.ts";
import "@mantine/core/styles/Switch.css";
import { Button } from "@mantine/core";
import type { ListedAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { useQuery } from "@tanstack/react-query";
import { BellRing, PackagePlus, Plus, SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { useAddressFilter } from "../../ui/use-address-filter.ts";
import { RoleGate } from "../session/session-context.tsx";
import classes from "./alarm-rules.module.css";
import { PackDialog } from "./pack-dialog.tsx";
import { type OpenRuleDialog, useRuleColumns } from "./rule-columns.tsx";
import { DeleteRuleDialog, DisableRuleDialog } from "./rule-dialogs.tsx";
import { filterRules, RULE_FILTERS, RuleFilters } from "./rule-filters.tsx";
import { byPrecedence } from "./rule-order.ts";
import { useRuleTexts } from "./rule-texts.ts";
import { ruleQueries, useMayEditRules } from "./use-alarm-rules.ts";

export function AlarmRulesPage() {
  return (
    <RoleGate minimumRole="viewer" needsWholeOrganization>
      <AlarmRules />
    </RoleGate>
  );
}

/** All rules of the organization: what applies stands before what it overrides. */
function AlarmRules() {
  const { t } = useTranslations();
  const mayEdit = useMayEditRules();
  const rules = useQuery(ruleQueries.list());
  const [isAddingPack, setAddingPack] = useState(false);
  return (
    <SettingsPage
      isWide
      title={t("alarmRules.title")}
      intro={
        <>
          {t("alarmRules.intro")} {!mayEdit && t("alarmRules.readOnly")}
        </>
      }
      action={mayEdit && <AddButtons onAddPack={() => setAddingPack(true)} />}
    >
      {rules.error && !rules.data && <FailureState error={rules.error} retry={() => void rules.refetch()} />}
      {rules.data?.items.length === 0 && (
        <MessageState
          icon={<BellRing size={26} />}
          title={t("alarmRules.empty")}
          text={mayEdit ? t("alarmRules.emptyHint") : ""}
        />
      )}
      {rules.data && rules.data.items.length > 0 && <RuleList rules={rules.data.items} mayEdit={mayEdit} />}
      {isAddingPack && rules.data && (
        <PackDialog rules={rules.data.items} onClose={() => setAddingPack(false)} />
      )}
    </SettingsPage>
  );
}

function AddButtons({ onAddPack }: { onAddPack: () => void }) {
  const { t } = useTranslations();
  return (
    <div className={classes.buttons}>
      <Button variant="default" leftSection={<PackagePlus size={16} />} onClick={onAddPack}>
        {t("alarmRules.pack.add")}
      </Button>
      <Button component={Link} href="/settings/alarm-rules/new" leftSection={<Plus size={16} />}>
        {t("alarmRules.add")}
      </Button>
    </div>
  );
}

function RuleList({ rules, mayEdit }: { rules: readonly ListedAlarmRule[]; mayEdit: boolean }) {
  const { t } = useTranslations();
  const texts = useRuleTexts();
  const { values, isNarrowed, change, clear } = useAddressFilter(RULE_FILTERS);
  const [dialog, setDialog] = useState<OpenRuleDialog | null>(null);
  const columns = useRuleColumns(rules, { mayEdit, onOpen: setDialog });
  const sorted = useMemo(() => rules.toSorted(byPrecedence), [rules]);
  const shown = filterRules(sorted, values, texts);
  const close = () => setDialog(null);
  return (
    <>
      <RuleFilters
        values={values}
        count={shown.length}
        isNarrowed={isNarrowed}
        onChange={change}
        onClear={clear}
      />
      {shown.length === 0 ? (
        <MessageState
          icon={<SearchX size={26} />}
          title={t("settings.common.noMatch")}
          text={t("settings.common.noMatchHint")}
        />
      ) : (
        <div className={classes.list}>
          <DataTable label={t("alarmRules.title")} rows={shown} rowKey={({ id }) => id} columns={columns} />
        </div>
      )}
      {dialog?.kind === "delete" && <DeleteRuleDialog rule={dialog.rule} onClose={close} />}
      {dialog?.kind === "disable" && <DisableRuleDialog rule={dialog.rule} onClose={close} />}
    </>
  );
}
