import { startWindow } from "../frame/start-window.tsx";
import { RecordWindow } from "./record-window.tsx";

startWindow("record", RecordWindow);
