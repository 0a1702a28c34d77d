"""hojokin.oxt, the add-in for LibreOffice Calc: the catalogue's functions, and a menu that calls the command line."""
