/** Scripts that lines were made for, so that a line works for its 24 hours whatever is built meanwhile. */
type InstallScriptsTable = {
  sha256: string;
  /** `linux`, `macos` or `windows`. */
  system: string;
  body: string;
  /** When the last line with this script was made. */
  offered_at: number;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    install_scripts: InstallScriptsTable;
  }
}
