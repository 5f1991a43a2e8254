type ServerSettingsTable = { name: string; value: string };

declare module "../database/tables.ts" {
  interface Tables {
    server_settings: ServerSettingsTable;
  }
}

export type { ServerSettingsTable };
