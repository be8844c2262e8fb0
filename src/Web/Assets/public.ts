import { startTheme } from "./theme";

// The landing page's whole script: it must be there at once.
startTheme();
