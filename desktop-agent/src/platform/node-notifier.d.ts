// One file per system, so that no other system's notifier is loaded. The answers of the helpers are untrusted, so they have no type here.
declare module "node-notifier/notifiers/toaster.js" {
  export default class WindowsToaster {
    constructor(options: { customPath: string; withFallback: false });
    notify(options: object, ended: (error: unknown, response: unknown, details: unknown) => void): unknown;
  }
}
declare module "node-notifier/notifiers/notificationcenter.js" {
  export default class NotificationCenter {
    constructor(options: { customPath: string; withFallback: false });
    notify(options: object, ended: (error: unknown, response: unknown, details: unknown) => void): unknown;
  }
}
