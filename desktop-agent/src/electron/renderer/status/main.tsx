import { startWindow } from "../frame/start-window.tsx";
import { StatusWindow } from "./status-window.tsx";

startWindow("status", StatusWindow);
