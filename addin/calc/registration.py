"""What LibreOffice is told of the extension: its types, its functions with their help, its menu, its job.

LibreOffice reads the text of an .idl as a type library, so that no SDK is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from addin.calc import names
from addin.functions.catalog import Argument, Function

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
REGISTRY = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
EXTENSIONS = "http://openoffice.org/extensions/description/2006"
LEAST = "25.2"  # the first LibreOffice known to bind add-in functions by their short names in .xlsx files
TITLE = "Hojokin（デジタル化・AI導入補助金）"
ABOUT = "補助額を計算する関数 SUBSIDY_… と、見積を調べて下書きを作るメニュー「補助金」を Calc に加えます。"
MENU = "補助金"
CALC = "com.sun.star.sheet.SpreadsheetDocument"
ITEMS = {"check": "入力チェック", "compare": "枠の比較", "draft": "申請書下書き", "repair": "関数のリンク修復"}
TABLE = "sequence< sequence< any > >"  # a result: one value is a table of one cell
MEDIA = "application/vnd.sun.star."
KINDS = {
    "XFunctions.idl": "uno-typelibrary;type=RDB",
    "hojokin.components": "uno-components",
    "Settings.xcs": "configuration-schema",
    "Settings.xcu": "configuration-data",
    "CalcAddIns.xcu": "configuration-data",
    "ProtocolHandler.xcu": "configuration-data",
    "Addons.xcu": "configuration-data",
    "CalcWindowState.xcu": "configuration-data",
    "Jobs.xcu": "configuration-data",
}


def files(functions: Iterable[Function], version: str) -> dict[str, str]:
    """Every file that is not Python: path -> text."""
    known = list(functions)
    return {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(version),
        "XFunctions.idl": idl(known),
        "hojokin.components": _components(),
        "Settings.xcs": _schema(),
        "Settings.xcu": _data(names.SETTINGS, _set(names.COMMAND, "")),
        "CalcAddIns.xcu": _data("org.openoffice.Office.CalcAddIns", _add_ins(known)),
        "ProtocolHandler.xcu": _data("org.openoffice.Office.ProtocolHandler", _handler()),
        "Addons.xcu": _data("org.openoffice.Office.Addons", _addons()),
        "CalcWindowState.xcu": _data("org.openoffice.Office.UI.CalcWindowState", _window()),
        "Jobs.xcu": _data("org.openoffice.Office.Jobs", _jobs()),
    }


def idl(functions: Iterable[Function]) -> str:
    """The interface of the functions.

    >>> arguments = (Argument("small_biz", "", False, False, False), Argument("rest", "", True, True, False))
    >>> print(idl([Function("SUBSIDY_X", "", arguments, print)]))  # doctest: +ELLIPSIS
    module jp { module hojokin { interface XFunctions : com::sun::star::uno::XInterface {
      sequence< sequence< any > > SUBSIDY_X( [in] any smallbiz, [in] sequence< any > rest );
    }; }; };
    """
    modules = names.INTERFACE.split(".")[:-1]
    name = names.INTERFACE.split(".")[-1]
    methods = [f"  {TABLE} {f.name}( {', '.join(_parameter(a) for a in f.arguments)} );" for f in functions]
    head = "".join(f"module {m} {{ " for m in modules) + f"interface {name} : com::sun::star::uno::XInterface {{"
    return "\n".join([head, *methods, "};" + " };" * len(modules)])


def _parameter(a: Argument) -> str:
    """`any` may be a number, a text, a range or nothing; Calc lets only `any` be left out."""
    return f"[in] {'sequence< any >' if a.repeated else 'any'} {_plain(a)}"


def _plain(a: Argument) -> str:
    """An argument's name as UNO takes it."""
    return a.name.replace("_", "")


def _add_ins(functions: Iterable[Function]) -> str:
    known = "".join(_function(f) for f in functions)
    return _node("AddInInfo", _node(names.FUNCTIONS, _node("AddInFunctions", known), "replace"))


def _function(f: Function) -> str:
    """One function as the wizard shows it; CompatibilityName is its name in .xlsx files."""
    arguments = "".join(
        _node(_plain(a), _said("DisplayName", a.name) + _said("Description", help_of(a)), "replace")
        for a in f.arguments
    )
    told = _said("DisplayName", f.name) + _said("Description", f.doc) + _set("Category", "Add-In")
    return _node(f.name, told + _said("CompatibilityName", f.name) + _node("Parameters", arguments), "replace")


def help_of(a: Argument) -> str:
    """An argument's help. LibreOffice calls every `any` 任意, so we say which are not."""
    return a.doc if a.optional else f"【必須】{a.doc}"


def _handler() -> str:
    protocols = f'<prop oor:name="Protocols" oor:type="oor:string-list"><value>{names.PROTOCOL}*</value></prop>'
    return _node("HandlerSet", _node(names.HANDLER, protocols, "replace"))


def _addons() -> str:
    """A menu and a toolbar, in spreadsheets alone."""
    menu = _typed("Context", CALC) + _typed("Title", MENU, lang=True) + _node("Submenu", _items())
    bar = _node(f"{names.EXTENSION}.bar", _items(), "replace")
    shown = _node("OfficeMenuBar", _node(f"{names.EXTENSION}.menu", menu, "replace")) + _node("OfficeToolBar", bar)
    return _node("AddonUI", shown)


def _window() -> str:
    """The toolbar's own name, without which LibreOffice numbers it."""
    bar = _node(f"private:resource/toolbar/addon_{names.EXTENSION}.bar", _said("UIName", MENU), "replace")
    return _node("UIElements", _node("States", bar))


def _items() -> str:
    return "".join(
        _node(
            f"m{n}",
            _typed("Context", CALC)
            + _typed("URL", names.PROTOCOL + command)
            + _typed("Title", title, lang=True)
            + _typed("Target", "_self"),
            "replace",
        )
        for n, (command, title) in enumerate(ITEMS.items())
    )


def _jobs() -> str:
    """OnLoadFinished: the event OnLoad does not come for hidden documents."""
    job = _node(names.REPAIR, _set("Service", names.REPAIR), "replace")
    event = _node("OnLoadFinished", _node("JobList", _node(names.REPAIR, "", "replace")), "fuse")
    return _node("Jobs", job) + _node("Events", event)


def _schema() -> str:
    package, _, name = names.SETTINGS.rpartition(".")
    prop = f'<prop oor:name="{names.COMMAND}" oor:type="xs:string" oor:nillable="false"><value></value></prop>'
    return (
        f'{HEAD}<oor:component-schema {REGISTRY} oor:name="{name}" oor:package="{package}" xml:lang="en-US">\n'
        f"<component>{prop}</component>\n</oor:component-schema>\n"
    )


def _components() -> str:
    services = "".join(
        f'<implementation name="{name}"><service name="{service}"/></implementation>\n'
        for name, service in names.SERVICES.items()
    )
    opened = '<component loader="com.sun.star.loader.Python" uri="component.py">'
    return f'{HEAD}<components xmlns="http://openoffice.org/2010/uno-components">{opened}\n{services}</component></components>\n'


def _description(version: str) -> str:
    least = (
        f'<l:LibreOffice-minimal-version xmlns:l="http://libreoffice.org/extensions/description/2011" '
        f'value="{LEAST}" d:name="LibreOffice {LEAST}"/>'
    )
    return (
        f'{HEAD}<description xmlns="{EXTENSIONS}" xmlns:d="{EXTENSIONS}" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f'<identifier value="{names.EXTENSION}"/><version value="{version}"/>\n'
        f"<dependencies>{least}</dependencies>\n"
        f'<display-name><name lang="ja">{escape(TITLE)}</name></display-name>\n'
        '<extension-description><src lang="ja" xlink:href="about.txt"/></extension-description>\n'
        "</description>\n"
    )


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{MEDIA}{kind}"/>\n'
        for path, kind in KINDS.items()
    )
    return f'{HEAD}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}</manifest:manifest>\n'


def _data(component: str, content: str) -> str:
    package, _, name = component.rpartition(".")
    opened = f'<oor:component-data {REGISTRY} oor:name="{name}" oor:package="{package}">'
    return f"{HEAD}{opened}\n{content}\n</oor:component-data>\n"


def _node(name: str, content: str, op: str = "") -> str:
    how = f' oor:op="{op}"' if op else ""
    return f"<node oor:name={quoteattr(name)}{how}>{content}</node>\n"


def _set(name: str, value: str) -> str:
    return f'<prop oor:name="{name}"><value>{escape(value)}</value></prop>'


def _said(name: str, value: str) -> str:
    """A text that may differ by language: Japanese in all of them."""
    return f'<prop oor:name="{name}"><value xml:lang="en-US">{escape(value)}</value></prop>'


def _typed(name: str, value: str, lang: bool = False) -> str:
    """A property of the menu, which names its type."""
    how = ' xml:lang="en-US"' if lang else ""
    return f'<prop oor:name="{name}" oor:type="xs:string"><value{how}>{escape(value)}</value></prop>'
