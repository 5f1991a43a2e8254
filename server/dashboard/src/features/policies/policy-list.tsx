import { ActionIcon, Button } from "@mantine/core";
import {
  type NotificationPolicies,
  type NotificationPolicy,
  PolicyDefinition,
} from "@muster/shared/contracts/notification-policy.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp } from "lucide-react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";
import classes from "./policies.module.css";
import { usePolicySentence } from "./use-policy-sentence.ts";

type PolicyListProps = {
  policies: NotificationPolicies;
  onEdit: (policy: NotificationPolicy) => void;
  onRemove: (policy: NotificationPolicy) => void;
};

/** The policies in their order, each as a sentence; the built-in default while there is none. */
export function PolicyList({ policies, onEdit, onRemove }: PolicyListProps) {
  const { t } = useTranslations();
  const { may } = useSession();
  const sentenceOf = usePolicySentence(policies.names);
  const { items, usesDefault } = policies;
  const move = useMovePolicy(items);
  return (
    <ol className={classes.list} aria-label={t("policies.list")}>
      {usesDefault && <DefaultPolicy />}
      {items.map((policy, index) => (
        <li key={policy.id} className={classes.policy} data-off={!policy.isEnabled || undefined}>
          <span className={classes.number}>{index + 1}</span>
          <div>
            <div className={classes.name}>
              <bdi>{policy.name}</bdi>
              {!policy.isEnabled && <StateLabel state="offline">{t("policies.off")}</StateLabel>}
            </div>
            <p className={classes.sentence}>
              <bdi>{sentenceOf(policy)}</bdi>
            </p>
          </div>
          {may("admin") && (
            <span className={classes.buttons}>
              <MoveButton
                policy={policy}
                by={-1}
                isDisabled={index === 0 || move.isPending}
                onMove={move.by}
              />
              <MoveButton
                policy={policy}
                by={1}
                isDisabled={index === items.length - 1 || move.isPending}
                onMove={move.by}
              />
              <Button size="compact-sm" variant="subtle" onClick={() => onEdit(policy)}>
                {t("policies.edit")}
              </Button>
              <Button size="compact-sm" variant="subtle" color="critical" onClick={() => onRemove(policy)}>
                {t("policies.remove")}
              </Button>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** As the server decides while there is no policy: warnings and above by mail to owners and administrators. */
const DEFAULT_DEFINITION = PolicyDefinition.parse({
  match: { severities: ["warning", "critical"] },
  recipients: { roles: ["owner", "admin"] },
});
const NO_NAMES = {};

function DefaultPolicy() {
  const { t } = useTranslations();
  const sentenceOf = usePolicySentence(NO_NAMES);
  return (
    <li className={classes.policy}>
      <span className={classes.number} aria-hidden="true">
        –
      </span>
      <div>
        <div className={classes.name}>{t("policies.default")}</div>
        <p className={classes.sentence}>{sentenceOf(DEFAULT_DEFINITION)}</p>
        <p className={classes.hint}>{t("policies.defaultHint")}</p>
      </div>
    </li>
  );
}

type MoveButtonProps = {
  policy: NotificationPolicy;
  by: 1 | -1;
  isDisabled: boolean;
  onMove: (policy: NotificationPolicy, by: 1 | -1) => void;
};

function MoveButton({ policy, by, isDisabled, onMove }: MoveButtonProps) {
  const { t } = useTranslations();
  const { name } = policy;
  return (
    // It keeps the focus while the order is stored, which a disabled button would lose.
    <ActionIcon
      size={26}
      variant="subtle"
      aria-label={by === 1 ? t("policies.down", { name }) : t("policies.up", { name })}
      aria-disabled={isDisabled || undefined}
      data-disabled={isDisabled || undefined}
      onClick={() => !isDisabled && onMove(policy, by)}
    >
      {by === 1 ? <ArrowDown size={16} /> : <ArrowUp size={16} />}
    </ActionIcon>
  );
}

function useMovePolicy(items: readonly NotificationPolicy[]) {
  const { t, formats } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const order = useMutation({
    mutationFn: ({ ids }: { ids: string[]; name: string; position: number }) =>
      callApi("notificationPolicies", paths.policyOrder, { method: "PUT", body: { ids } }),
    onSuccess: (ordered, { name, position }) => {
      queryClient.setQueryData(queries.policies().queryKey, ordered);
      showToast({
        key: "policy-moved",
        text: t("policies.moved", { name, position: formats.whole(position) }),
      });
    },
    onError: (error) => {
      showToast({ text: failureText(error), tone: "failure" });
      void queryClient.invalidateQueries({ queryKey: queries.policies().queryKey });
    },
  });
  return {
    isPending: order.isPending,
    by(policy: NotificationPolicy, by: 1 | -1) {
      const ids = items.map(({ id }) => id);
      const from = ids.indexOf(policy.id);
      ids.splice(from, 1);
      ids.splice(from + by, 0, policy.id);
      order.mutate({ ids, name: policy.name, position: from + by + 1 });
    },
  };
}
