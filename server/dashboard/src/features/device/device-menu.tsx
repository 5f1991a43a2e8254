import { Button, Menu } from "@mantine/core";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import {
  Archive,
  ArchiveRestore,
  Building2,
  ChevronDown,
  Laptop,
  type LucideIcon,
  PencilLine,
  Trash2,
  Wrench,
} from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { ActionItems } from "../actions/action-items.tsx";
import { mayBeActedOn } from "../actions/may-be-acted-on.ts";
import { useActionDialog } from "../actions/use-action-dialog.tsx";
import { useDevicePageActions } from "../actions/use-device-page-actions.ts";
import { useSession } from "../session/session-context.tsx";
import type { DeviceVerb } from "./device-verb.ts";

const DeviceDialog = lazy(() => import("./device-dialog.tsx").then((m) => ({ default: m.DeviceDialog })));

const VERBS: readonly { verb: DeviceVerb; icon: LucideIcon; isShown: (isArchived: boolean) => boolean }[] = [
  { verb: "rename", icon: PencilLine, isShown: () => true },
  { verb: "customer", icon: Building2, isShown: () => true },
  { verb: "class", icon: Laptop, isShown: () => true },
  { verb: "maintenance", icon: Wrench, isShown: (isArchived) => !isArchived },
  { verb: "archive", icon: Archive, isShown: (isArchived) => !isArchived },
  { verb: "restore", icon: ArchiveRestore, isShown: (isArchived) => isArchived },
];

/** What can be done with the device; a viewer has no such menu. */
export function DeviceMenu({ device }: { device: DeviceDetail }) {
  const { t } = useWords();
  const { may } = useSession();
  const { others } = useDevicePageActions();
  const { ask, dialog } = useActionDialog([device]);
  const [verb, setVerb] = useState<DeviceVerb | null>(null);
  const isArchived = device.archivedAt !== null;
  if (!may("operator")) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button h={34} variant="default" rightSection={<ChevronDown size={16} />}>
            {t("device.actions.menu")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayBeActedOn(device) && <ActionItems actions={others} onAsk={ask} />}
          {VERBS.filter(({ isShown }) => isShown(isArchived)).map(({ verb: name, icon: Icon }) => (
            <Menu.Item key={name} leftSection={<Icon size={16} />} onClick={() => setVerb(name)}>
              {t(`device.actions.${name}`)}
            </Menu.Item>
          ))}
          {isArchived && may("admin") && (
            <>
              <Menu.Divider />
              <Menu.Item color="critical" leftSection={<Trash2 size={16} />} onClick={() => setVerb("purge")}>
                {t("device.actions.purge")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog}
      {verb && (
        <Suspense fallback={null}>
          <DeviceDialog key={verb} verb={verb} device={device} onClose={() => setVerb(null)} />
        </Suspense>
      )}
    </>
  );
}
