/**
 * A range of the journal to which no row is added any more: `after` exclusive, `through` inclusive, by id on SQLite and by receive
 * time on PostgreSQL. Devices below `nextDeviceNo` are packed already.
 */
export type FrozenRange = {
  bound: "id" | "received_at";
  after: number;
  through: number;
  nextDeviceNo: number;
};
