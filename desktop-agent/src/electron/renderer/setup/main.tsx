import { startWindow } from "../frame/start-window.tsx";
import { SetupWindow } from "./setup-window.tsx";

startWindow("setup", SetupWindow);
