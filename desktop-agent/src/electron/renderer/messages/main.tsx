import { startWindow } from "../frame/start-window.tsx";
import { MessagesWindow } from "./messages-window.tsx";

startWindow("messages", MessagesWindow);
