import "../../ui/mantine-dialog-styles.ts";
import { Loader, Modal, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useQuery } from "@tanstack/react-query";
import { Plus, Search, SunMoon, Zap } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useLocation } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { StateIcon } from "../../ui/state-icon.tsx";
import { useFocusReturn } from "../../ui/use-focus-return.ts";
import { useOfferedActions, useOfferedLabel } from "../actions/offered-actions.tsx";
import { shownState } from "../fleet/device-state.ts";
import { useSession } from "../session/session-context.tsx";
import { destinationsFor } from "./navigation.ts";
import classes from "./search-palette.module.css";

type Entry = {
  id: string;
  group: "devices" | "pages" | "commands";
  icon: ReactNode;
  name: string;
  note?: string;
  run: () => void;
};

type SearchPaletteProps = {
  onClose: () => void;
  /** Opens the dialog of an action. */
  onAct: (type: ActionType, device: DeviceSummary) => void;
};

/** Ctrl K: devices by the server's search, actions on them ("reboot web-103"), pages and commands by name. */
export function SearchPalette({ onClose, onAct }: SearchPaletteProps) {
  const { t } = useTranslations();
  const listId = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [typed] = useDebouncedValue(text.trim(), 120);
  const command = useActionCommand(typed);
  const searched = command?.rest ?? typed;
  const found = useQuery(queries.deviceSearch(searched));
  const toEntry = useDeviceEntry();
  const toAllEntry = useAllEntry();
  const own = useOwnEntries();
  useFocusReturn();

  const matches = searched === "" || text.trim() === "" ? [] : (found.data?.items ?? []);
  const wanted = text.trim().toLowerCase();
  const entries: Entry[] = [
    ...(command ? matches.map((device) => toActionEntry(command, device, onAct)) : matches.map(toEntry)),
    ...(matches.length > 0 ? [toAllEntry(searched)] : []),
    ...own.filter(({ name }) => name.toLowerCase().includes(wanted)),
  ];
  const chosen = entries[Math.min(active, entries.length - 1)];
  const isSearching = found.isFetching || typed !== text.trim();

  function open(entry: Entry | undefined) {
    if (!entry) return;
    onClose();
    entry.run();
  }
  function onKeyDown(event: React.KeyboardEvent) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const place = chosen ? entries.indexOf(chosen) : 0;
      setActive((place + step + entries.length) % Math.max(1, entries.length));
    }
    if (event.key === "Enter") open(chosen);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      centered={false}
      attributes={{ content: { "aria-label": t("shell.search.open") } }}
    >
      <div className={classes.field}>
        <PaletteInput
          text={text}
          listId={listId}
          chosenId={chosen && `${listId}-${chosen.id}`}
          onChange={(value) => {
            setText(value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        {isSearching && <Loader size={16} />}
      </div>
      <div id={listId} role="listbox" aria-label={t("shell.search.open")} className={classes.list}>
        {(["devices", "pages", "commands"] as const).map((group) => (
          <EntryGroup
            key={group}
            group={group}
            members={entries.filter((entry) => entry.group === group)}
            chosen={chosen}
            idOf={({ id }) => `${listId}-${id}`}
            onOpen={open}
            onPoint={(entry) => setActive(entries.indexOf(entry))}
          />
        ))}
      </div>
      {entries.length === 0 && !isSearching && (
        <p className={classes.nothing}>{t("shell.search.nothing", { text: text.trim() })}</p>
      )}
      <p className={classes.hint}>{t("shell.search.hint")}</p>
      <span role="status" className={classes.status}>
        {typed !== "" && !isSearching && t("shell.search.results", { count: entries.length })}
      </span>
    </Modal>
  );
}

type PaletteInputProps = {
  text: string;
  listId: string;
  chosenId: string | undefined;
  onChange: (text: string) => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
};

function PaletteInput({ text, listId, chosenId, onChange, onKeyDown }: PaletteInputProps) {
  const { t } = useTranslations();
  return (
    <>
      <Search size={18} aria-hidden="true" />
      <input
        data-autofocus
        className={classes.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosenId}
        aria-label={t("shell.search.placeholder")}
        placeholder={t("shell.search.placeholder")}
        value={text}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </>
  );
}

type EntryGroupProps = {
  group: Entry["group"];
  members: readonly Entry[];
  chosen: Entry | undefined;
  idOf: (entry: Entry) => string;
  onOpen: (entry: Entry) => void;
  onPoint: (entry: Entry) => void;
};

function EntryGroup({ group, members, chosen, idOf, onOpen, onPoint }: EntryGroupProps) {
  const { t } = useTranslations();
  if (members.length === 0) return null;
  return (
    <div role="group" aria-label={t(`shell.search.${group}`)}>
      <p className={classes.group} aria-hidden="true">
        {t(`shell.search.${group}`)}
      </p>
      {members.map((entry) => (
        <button
          key={entry.id}
          id={idOf(entry)}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={entry === chosen}
          className={classes.entry}
          onClick={() => onOpen(entry)}
          onMouseMove={() => onPoint(entry)}
        >
          {entry.icon}
          <bdi className={classes.name} title={entry.name}>
            {entry.name}
          </bdi>
          {entry.note && <bdi className={classes.note}>{entry.note}</bdi>}
        </button>
      ))}
    </div>
  );
}

function useDeviceEntry(): (device: DeviceSummary) => Entry {
  const [, navigate] = useLocation();
  return (device) => ({
    id: device.id,
    group: "devices",
    icon: <StateIcon state={shownState(device)} />,
    name: plainName(device.name),
    note: [device.customer, device.user, device.address].filter((part) => part !== null).join(" · "),
    run: () => navigate(`/devices/${device.id}`),
  });
}

/** The fleet page with everything that the search finds: the palette shows the first few. */
function useAllEntry(): (searched: string) => Entry {
  const { t } = useTranslations();
  const [, navigate] = useLocation();
  return (searched) => ({
    id: "all",
    group: "devices",
    icon: <Search size={16} />,
    name: t("shell.search.all", { text: searched }),
    run: () => navigate(`/?search=${encodeURIComponent(searched)}`),
  });
}

type ActionCommand = { type: ActionType; label: string; rest: string };

/** "reboot web-103": an action by the beginning of its name, and the text that finds its device. */
function useActionCommand(typed: string): ActionCommand | null {
  const { others } = useOfferedActions(0);
  const labelOf = useOfferedLabel();
  const words = typed.split(/\s+/);
  for (const offered of others) {
    const label = labelOf(offered);
    const length = Math.max(1, label.split(/\s+/).length);
    const named = [words.slice(0, length).join(" "), words[0] ?? ""].find(
      (name) => name.length >= MIN_COMMAND_LENGTH && label.toLowerCase().startsWith(name.toLowerCase()),
    );
    const rest = named === undefined ? "" : typed.slice(named.length).trim();
    if (rest !== "") return { type: offered.type, label, rest };
  }
  return null;
}

const MIN_COMMAND_LENGTH = 3;

function toActionEntry(
  { type, label }: ActionCommand,
  device: DeviceSummary,
  onAct: SearchPaletteProps["onAct"],
): Entry {
  return {
    id: `${type}-${device.id}`,
    group: "commands",
    icon: <Zap size={16} />,
    name: `${label}: ${plainName(device.name)}`,
    ...(device.customer !== null && { note: device.customer }),
    run: () => onAct(type, device),
  };
}

function useOwnEntries(): Entry[] {
  const { t } = useTranslations();
  const session = useSession();
  const [, navigate] = useLocation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();
  const pages = destinationsFor(session).map<Entry>(({ name, path, icon: Icon }) => ({
    id: name,
    group: "pages",
    icon: <Icon size={16} />,
    name: t(`shell.nav.${name}`),
    run: () => navigate(path),
  }));
  const addDevice: Entry = {
    id: "add-device",
    group: "commands",
    icon: <Plus size={16} />,
    name: t("shell.search.addDevice"),
    run: () => navigate("/?add=device"),
  };
  const toggleScheme: Entry = {
    id: "toggle-scheme",
    group: "commands",
    icon: <SunMoon size={16} />,
    name: t("shell.search.toggleScheme"),
    run: () => setColorScheme(scheme === "dark" ? "light" : "dark"),
  };
  return session.may("operator") ? [...pages, addDevice, toggleScheme] : [...pages, toggleScheme];
}
