import { startWindow } from "../frame/start-window.tsx";
import { LogWindow } from "./log-window.tsx";

startWindow("log", LogWindow);
