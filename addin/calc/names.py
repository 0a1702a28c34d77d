"""Names that the extension's files and its code share."""

from __future__ import annotations

EXTENSION = "jp.hojokin"  # the extension's identifier, and the UNO module of its types
INTERFACE = f"{EXTENSION}.XFunctions"
FUNCTIONS = f"{EXTENSION}.Functions"
HANDLER = f"{EXTENSION}.Handler"
REPAIR = f"{EXTENSION}.Repair"
SETTINGS = f"{EXTENSION}.Settings"
COMMAND = "Command"  # the setting that names the command line
PROTOCOL = f"{EXTENSION}:"  # of the menu's commands: jp.hojokin:check
PRIVATE = "hojokin"  # the Python package that holds this project's own packages inside the extension
SERVICES = {
    FUNCTIONS: "com.sun.star.sheet.AddIn",
    HANDLER: "com.sun.star.frame.ProtocolHandler",
    REPAIR: "com.sun.star.task.Job",
}
