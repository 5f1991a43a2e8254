import type { DeviceScope } from "@muster/shared/contracts/device-scope.ts";
import type {
  StatusComponent,
  StatusPageChange,
  StatusPageSettings,
} from "@muster/shared/contracts/status-page.ts";
import { type ScopeValue, toDeviceScope, valueOfScope } from "../alarm-rules/rule-form.ts";

/** A component as it is edited. `key` tells those apart that are not stored yet. */
export type ComponentForm = {
  key: string;
  id?: string;
  name: string;
  scope: ScopeValue<DeviceScope["kind"]>;
};

export type StatusForm = {
  isEnabled: boolean;
  title: string;
  intro: string;
  components: ComponentForm[];
};

export function formOf({ isEnabled, title, intro, components }: StatusPageSettings): StatusForm {
  return { isEnabled, title, intro, components: components.map(componentForm) };
}

function componentForm({ id, name, scope }: StatusComponent): ComponentForm {
  return { key: id, id, name, scope: { kind: scope.kind, value: valueOfScope(scope) } };
}

export function newComponent(key: string): ComponentForm {
  return { key, name: "", scope: { kind: "organization", value: "" } };
}

export function toChange({ components, ...others }: StatusForm): StatusPageChange {
  return {
    ...others,
    components: components.map(({ id, name, scope }) => ({
      ...(id !== undefined && { id }),
      name,
      scope: toDeviceScope(scope),
    })),
  };
}

/** The field of a component that the user still has to fill in; null when nothing is missing. */
export function problemOf(
  component: ComponentForm,
  all: readonly ComponentForm[],
): "name" | "sameName" | "scope" | null {
  const name = component.name.trim();
  if (name === "") return "name";
  if (all.some((other) => other.key !== component.key && other.name.trim() === name)) return "sameName";
  return component.scope.kind !== "organization" && component.scope.value === "" ? "scope" : null;
}

/** The components after one was moved by `steps`. */
export function movedComponents(
  components: readonly ComponentForm[],
  key: string,
  steps: -1 | 1,
): ComponentForm[] {
  const from = components.findIndex((component) => component.key === key);
  const moved = components[from];
  const to = from + steps;
  if (!moved || to < 0 || to >= components.length) return [...components];
  return components.toSpliced(from, 1).toSpliced(to, 0, moved);
}
