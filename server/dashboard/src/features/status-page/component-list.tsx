import { ActionIcon, Button, Input, TextInput } from "@mantine/core";
import { MAX_STATUS_COMPONENTS, type PublicStatus } from "@muster/shared/contracts/status-page.ts";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { DEVICE_SCOPES, ScopeField } from "../alarm-rules/scope-field.tsx";
import { ComponentStateLabel } from "./component-state.tsx";
import { type ComponentForm, movedComponents, newComponent, problemOf } from "./status-form.ts";
import classes from "./status-page.module.css";

type ComponentListProps = {
  components: readonly ComponentForm[];
  /** Shows what is missing, after the user tried to save. */
  showsProblems: boolean;
  /** What the server refused. */
  error: ReactNode;
  status: PublicStatus | undefined;
  onChange: (components: ComponentForm[]) => void;
};

/** The lines of the status page: a name for visitors, and the devices that it stands for. */
export function ComponentList(props: ComponentListProps) {
  const { components, showsProblems, error, status, onChange } = props;
  const { t } = useTranslations();
  return (
    <fieldset className={classes.components}>
      <legend>{t("statusPage.components")}</legend>
      <p className={classes.note}>{t("statusPage.componentsHint")}</p>
      {components.map((component, index) => (
        <ComponentFields
          key={component.key}
          component={component}
          place={index + 1}
          problem={showsProblems ? problemOf(component, components) : null}
          state={status?.components.find(({ name }) => name === component.name)?.state}
          onChange={(changed) => onChange(components.map((one) => (one.key === changed.key ? changed : one)))}
          onMove={(steps) => onChange(movedComponents(components, component.key, steps))}
          onRemove={() => onChange(components.filter(({ key }) => key !== component.key))}
          isFirst={index === 0}
          isLast={index === components.length - 1}
        />
      ))}
      <Button
        variant="default"
        className={classes.start}
        leftSection={<Plus size={16} />}
        disabled={components.length >= MAX_STATUS_COMPONENTS}
        onClick={() => onChange([...components, newComponent(crypto.randomUUID())])}
      >
        {t("statusPage.addComponent")}
      </Button>
      {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
    </fieldset>
  );
}

type ComponentFieldsProps = {
  component: ComponentForm;
  /** From 1. */
  place: number;
  problem: ReturnType<typeof problemOf>;
  state: PublicStatus["components"][number]["state"] | undefined;
  isFirst: boolean;
  isLast: boolean;
  onChange: (component: ComponentForm) => void;
  onMove: (steps: -1 | 1) => void;
  onRemove: () => void;
};

function ComponentFields(props: ComponentFieldsProps) {
  const { component, place, problem, state, isFirst, isLast, onChange, onMove, onRemove } = props;
  const { t } = useTranslations();
  const name = component.name.trim() === "" ? t("statusPage.componentNumber", { place }) : component.name;
  return (
    <div className={classes.component} role="group" aria-label={name}>
      <div className={classes.componentHead}>
        {state ? <ComponentStateLabel state={state} /> : <span />}
        <span className={classes.tools}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("statusPage.moveUp", { name })}
            disabled={isFirst}
            onClick={() => onMove(-1)}
          >
            <ArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("statusPage.moveDown", { name })}
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            <ArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("statusPage.removeComponent", { name })}
            onClick={onRemove}
          >
            <Trash2 size={16} />
          </ActionIcon>
        </span>
      </div>
      <TextInput
        label={t("statusPage.componentName")}
        maxLength={80}
        value={component.name}
        error={problem === "name" || problem === "sameName" ? t(`statusPage.problem.${problem}`) : undefined}
        onChange={(event) => onChange({ ...component, name: event.currentTarget.value })}
      />
      <ScopeField
        kinds={DEVICE_SCOPES}
        value={component.scope}
        error={problem === "scope" ? t("statusPage.problem.scope") : undefined}
        onChange={(scope) => onChange({ ...component, scope })}
      />
    </div>
  );
}
