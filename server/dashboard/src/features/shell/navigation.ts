import type { Role } from "@muster/shared/contracts/identity.ts";
import {
  Activity,
  BellOff,
  BellRing,
  BriefcaseBusiness,
  Building2,
  Download,
  KeyRound,
  type LucideIcon,
  Megaphone,
  MonitorDot,
  Presentation,
  RadioTower,
  ScrollText,
  SlidersHorizontal,
  Send,
  Ticket,
  Users,
  Waypoints,
  Wrench,
  Zap,
} from "lucide-react";
import type { useSession } from "../session/session-context.tsx";

/** A page that the rail and the search lead to. `minimumRole` is the lowest role that may open it. */
export type Destination = {
  name:
    | "fleet"
    | "alarms"
    | "actions"
    | "availability"
    | "customers"
    | "maintenance"
    | "silences"
    | "channels"
    | "notifications"
    | "deliveries"
    | "keys"
    | "tokens"
    | "users"
    | "alarmRules"
    | "statusPage"
    | "organization"
    | "wall"
    | "downloads"
    | "audit";
  path: string;
  icon: LucideIcon;
  minimumRole: Role;
  /** Closed to members who are limited to customers. */
  needsWholeOrganization?: boolean;
  group: "main" | "settings";
};

const DESTINATIONS: readonly Destination[] = [
  { name: "fleet", path: "/", icon: MonitorDot, minimumRole: "viewer", group: "main" },
  { name: "alarms", path: "/alarms", icon: BellRing, minimumRole: "viewer", group: "main" },
  { name: "actions", path: "/actions", icon: Zap, minimumRole: "viewer", group: "main" },
  { name: "availability", path: "/availability", icon: Activity, minimumRole: "viewer", group: "main" },
  {
    name: "customers",
    path: "/customers",
    icon: BriefcaseBusiness,
    minimumRole: "viewer",
    group: "main",
  },
  { name: "maintenance", path: "/maintenance", icon: Wrench, minimumRole: "viewer", group: "settings" },
  { name: "silences", path: "/silences", icon: BellOff, minimumRole: "viewer", group: "settings" },
  {
    name: "notifications",
    path: "/settings/notifications",
    icon: Waypoints,
    minimumRole: "viewer",
    needsWholeOrganization: true,
    group: "settings",
  },
  {
    name: "channels",
    path: "/settings/channels",
    icon: Megaphone,
    minimumRole: "viewer",
    needsWholeOrganization: true,
    group: "settings",
  },
  { name: "deliveries", path: "/settings/deliveries", icon: Send, minimumRole: "viewer", group: "settings" },
  { name: "tokens", path: "/settings/tokens", icon: Ticket, minimumRole: "operator", group: "settings" },
  {
    name: "keys",
    path: "/settings/keys",
    icon: KeyRound,
    minimumRole: "admin",
    needsWholeOrganization: true,
    group: "settings",
  },
  {
    name: "users",
    path: "/settings/users",
    icon: Users,
    minimumRole: "admin",
    needsWholeOrganization: true,
    group: "settings",
  },
  {
    name: "alarmRules",
    path: "/settings/alarm-rules",
    icon: SlidersHorizontal,
    minimumRole: "viewer",
    needsWholeOrganization: true,
    group: "settings",
  },
  {
    name: "statusPage",
    path: "/settings/status-page",
    icon: RadioTower,
    minimumRole: "viewer",
    needsWholeOrganization: true,
    group: "settings",
  },
  {
    name: "organization",
    path: "/settings/organization",
    icon: Building2,
    minimumRole: "viewer",
    group: "settings",
  },
  { name: "wall", path: "/wall", icon: Presentation, minimumRole: "viewer", group: "settings" },
  {
    name: "downloads",
    path: "/settings/downloads",
    icon: Download,
    minimumRole: "viewer",
    group: "settings",
  },
  { name: "audit", path: "/settings/audit", icon: ScrollText, minimumRole: "admin", group: "settings" },
];

/** The pages that a user may open. */
export function destinationsFor({ may, customers: limit }: ReturnType<typeof useSession>): Destination[] {
  return DESTINATIONS.filter(
    ({ minimumRole, needsWholeOrganization }) =>
      may(minimumRole) && (limit === null || !needsWholeOrganization),
  );
}

/** Whether a destination is the one whose page is open; a device belongs to the fleet, a customer to the customers. */
export function isOpen(destination: Destination, path: string): boolean {
  if (destination.path === "/") return path === "/" || path.startsWith("/devices/");
  return path === destination.path || path.startsWith(`${destination.path}/`);
}
