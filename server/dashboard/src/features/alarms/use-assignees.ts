import { useQuery } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";
import { useSession } from "../session/session-context.tsx";

/** Whom the reader can assign alarms to: all members, or only the reader where the others are not theirs to know. */
export function useAssignees(): readonly { id: string; name: string }[] {
  const { user, may, customers: limit } = useSession();
  const mayRead = may("operator") && limit === null;
  const { data } = useQuery({ ...queries.alarmAssignees(), enabled: mayRead });
  if (data) return data.items;
  return may("operator") ? [{ id: user.id, name: user.name }] : [];
}
