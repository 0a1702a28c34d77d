"""What LibreOffice's Python loads first: which object stands behind each service of the extension.

Types of the extension itself may not be known yet while it is being installed, so everything is imported when asked for.
"""

# pyright: basic, reportMissingImports=false

from __future__ import annotations

from addin.calc import names


def _functions(*_):
    from addin.calc import cells

    return cells.made()


def _handler(context, *_):
    from addin.calc import menu

    return menu.made(context)


def _repair(*_):
    from addin.calc import link_repair

    return link_repair.made()


MAKERS = {names.FUNCTIONS: _functions, names.HANDLER: _handler, names.REPAIR: _repair}


def getComponentFactory(name, manager, key):
    """The factory of one service."""
    import unohelper

    known = unohelper.ImplementationHelper()
    for service, maker in MAKERS.items():
        known.addImplementation(maker, service, (names.SERVICES[service],))
    return known.getComponentFactory(name, key, manager)
