import type { Role } from "@muster/shared/contracts/identity.ts";
import {
  Building2,
  Download,
  KeyRound,
  type LucideIcon,
  MonitorDot,
  ScrollText,
  Ticket,
  Users,
  Zap,
} from "lucide-react";

/** A page that the rail and the search lead to. `minimumRole` is the lowest role that may open it. */
export type Destination = {
  name: "fleet" | "actions" | "keys" | "tokens" | "users" | "organization" | "downloads" | "audit";
  path: string;
  icon: LucideIcon;
  minimumRole: Role;
  group: "main" | "settings";
};

export const DESTINATIONS: readonly Destination[] = [
  { name: "fleet", path: "/", icon: MonitorDot, minimumRole: "viewer", group: "main" },
  { name: "actions", path: "/actions", icon: Zap, minimumRole: "viewer", group: "main" },
  { name: "tokens", path: "/settings/tokens", icon: Ticket, minimumRole: "operator", group: "settings" },
  { name: "keys", path: "/settings/keys", icon: KeyRound, minimumRole: "admin", group: "settings" },
  { name: "users", path: "/settings/users", icon: Users, minimumRole: "admin", group: "settings" },
  {
    name: "organization",
    path: "/settings/organization",
    icon: Building2,
    minimumRole: "viewer",
    group: "settings",
  },
  {
    name: "downloads",
    path: "/settings/downloads",
    icon: Download,
    minimumRole: "viewer",
    group: "settings",
  },
  { name: "audit", path: "/settings/audit", icon: ScrollText, minimumRole: "admin", group: "settings" },
];

/** Whether a destination is the one whose page is open; a device belongs to the fleet. */
export function isOpen(destination: Destination, path: string): boolean {
  return destination.path === "/" ? path === "/" || path.startsWith("/devices/") : path === destination.path;
}
