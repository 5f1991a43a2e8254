import type {
  Acknowledgement,
  HourPoint,
  InboxMessage,
  ActivityRecord,
  LocalView,
  LogChunk,
  LogPosition,
  DisclosedData,
  RequestOutcome,
} from "@muster/shared/contracts/local-agent.ts";
import type { LocalSupport } from "@muster/shared/contracts/local-support.ts";
import type { HelpDiagnostics } from "@muster/shared/contracts/device-support.ts";
import type { Cancel } from "../platform/ports.ts";

/**
 * The agent of this machine for one local user. It comes from the agent inside the tray, or from a service
 * over its local channel: both look the same. Nothing in it runs a command.
 */
export type LocalAgent = {
  /** The newest view. */
  view(): LocalView;
  /** Called after each change of the view. */
  subscribe(listener: () => void): Cancel;
  readHour(): Promise<HourPoint[]>;
  /** Newest first, at most 200. */
  readMessages(): Promise<InboxMessage[]>;
  readDisclosedData(): Promise<DisclosedData>;
  /** Asks the server as well, and gives this device's record alone where it cannot. Texts of messages to others are left out. */
  readRecord(): Promise<ActivityRecord>;
  /** At most `LOG_PART_BYTES` of the agent's own log, cut at line ends. */
  readLog(place: LogPosition): Promise<LogChunk>;
  /** Takes a sample and reports it now, at most once in five seconds. */
  checkNow(): Promise<RequestOutcome>;
  /** Pauses for `forMs`, null: until resumed; cut to what the organization allows. */
  pause(forMs: number | null): Promise<RequestOutcome>;
  resume(): Promise<RequestOutcome>;
  acknowledge(messageId: string, said: Acknowledgement): Promise<RequestOutcome>;
  /**
   * Moves a planned reboot to `toMs`; at or before now means now. Only the user at the console brings it forward, or one who is alone
   * on the machine.
   */
  postpone(actionId: string, toMs: number): Promise<RequestOutcome>;
  /** Whom to ask for help, and the requests of this user. */
  readSupport(): Promise<LocalSupport>;
  /** Asks IT for help, as soon as the server can be reached. `diagnostics` is what the user has seen, null: none. */
  askForHelp(text: string, diagnostics: HelpDiagnostics | null): Promise<RequestOutcome>;
  replyToHelp(requestId: string, text: string): Promise<RequestOutcome>;
  /** Closes a help request, or removes one that the server does not take. */
  closeHelp(requestId: string): Promise<RequestOutcome>;
  markHelpRead(requestId: string): Promise<RequestOutcome>;
  /** Detaches the tray: messages reach this user in other ways from now on. */
  close(): void;
};

/** The user of a `LocalAgent`, as the operating system identifies them. */
export type LocalUser = {
  /** Their login name. */
  user: string;
  /** Whether they sit at the console at this moment. */
  isAtConsole(): Promise<boolean>;
};
