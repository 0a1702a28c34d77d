"""How a command ends, for whoever started it."""

DONE, FOUND, WRONG = 0, 1, 2  # done; findings of level error; a wrong call or an unreadable file
