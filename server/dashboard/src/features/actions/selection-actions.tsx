import { Button, Menu } from "@mantine/core";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { Zap } from "lucide-react";
import { useWords } from "../../i18n/words.tsx";
import { useActionDialog } from "./use-action-dialog.tsx";
import { useOfferedActions } from "./use-offered-actions.ts";
import { useWording } from "./use-wording.ts";

/** What the selected devices can be asked to do. */
export function SelectionActions({
  devices,
  onDone,
}: {
  devices: readonly DeviceSummary[];
  onDone: () => void;
}) {
  const { t } = useWords();
  const wording = useWording();
  const { first, others } = useOfferedActions();
  const { ask, dialog } = useActionDialog(devices, onDone);
  return (
    <>
      {first.map(({ type, definition }) => (
        <Button key={type} size="compact-md" variant="light" onClick={() => ask(type)}>
          {wording(definition.label)}
        </Button>
      ))}
      {others.length > 0 && (
        <Menu position="top">
          <Menu.Target>
            <Button size="compact-md" variant="subtle" leftSection={<Zap size={16} />}>
              {t("actions.dialog.menu")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map(({ type, definition }) => (
              <Menu.Item key={type} onClick={() => ask(type)}>
                {wording(definition.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog}
    </>
  );
}
