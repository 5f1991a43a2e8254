import { startWindow } from "../frame/start-window.tsx";
import { RebootWindow } from "./reboot-window.tsx";

startWindow("reboot", RebootWindow);
