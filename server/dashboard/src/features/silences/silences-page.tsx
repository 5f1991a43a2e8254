import "../../ui/mantine-dialog-styles.ts";
import { Button, Select } from "@mantine/core";
import type { Silence } from "@muster/shared/contracts/silence.ts";
import { useQuery } from "@tanstack/react-query";
import { BellOff, Plus } from "lucide-react";
import { useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { SettingsPage } from "../../ui/settings-page.tsx";
import { singlePage } from "../../ui/single-page.ts";
import { useSession } from "../session/session-context.tsx";
import { type SilenceVerb, useSilenceColumns } from "./silence-columns.tsx";
import { EditSilenceDialog, EndSilenceDialog, NewSilenceDialog } from "./silence-dialogs.tsx";
import classes from "./silences.module.css";

const STATES = ["current", "ended"] as const;

type Open = { kind: "add" } | { kind: SilenceVerb; silence: Silence };

/** Silences with what each matches now. */
export function SilencesPage() {
  const { t } = useTranslations();
  const { may } = useSession();
  const [state, setState] = useState<(typeof STATES)[number]>("current");
  const [open, setOpen] = useState<Open | null>(null);
  const silences = useQuery(queries.silences({ state }));
  const columns = useSilenceColumns(may("operator") ? (kind, silence) => setOpen({ kind, silence }) : null);
  return (
    <SettingsPage
      isWide
      title={t("silences.title")}
      intro={t("silences.intro")}
      action={
        may("operator") && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen({ kind: "add" })}>
            {t("silences.add")}
          </Button>
        )
      }
    >
      <Select
        className={classes.states}
        aria-label={t("silences.state")}
        allowDeselect={false}
        data={STATES.map((value) => ({ value, label: t(`silences.show.${value}`) }))}
        value={state}
        onChange={(value) => setState(STATES.find((one) => one === value) ?? state)}
      />
      <ListBody
        label={t("silences.title")}
        rows={silences.data?.items ?? []}
        rowKey={({ id }) => id}
        columns={columns}
        searchIn={({ comment, author, scopeName }) => [comment, author, scopeName]}
        pages={singlePage(silences)}
        empty={
          <MessageState
            icon={<BellOff size={26} />}
            title={t(`silences.empty.${state}`)}
            text={t("silences.emptyHint")}
          />
        }
      />
      <OpenDialog open={open} onClose={() => setOpen(null)} />
    </SettingsPage>
  );
}

function OpenDialog({ open, onClose }: { open: Open | null; onClose: () => void }) {
  switch (open?.kind) {
    case undefined:
      return null;
    case "add":
      return <NewSilenceDialog alarm={null} onClose={onClose} />;
    case "edit":
      return <EditSilenceDialog silence={open.silence} onClose={onClose} />;
    case "end":
      return <EndSilenceDialog silence={open.silence} onClose={onClose} />;
  }
}
