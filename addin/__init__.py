"""The spreadsheet functions, the command line, and what carries them into Excel and LibreOffice Calc."""
