import { startCharts } from "./chart";
import { startCopy } from "./copy";
import { startDialogs } from "./dialog";
import { startLive } from "./live";
import { startMenus } from "./menu";
import { startSearch } from "./search";
import { startTables } from "./table";
import { startTheme } from "./theme";
import { startTimes } from "./time";

startTheme();
startTimes();
startMenus();
startSearch();
startTables();
startCopy();
startDialogs();
startCharts();
startLive();
