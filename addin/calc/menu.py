"""The menu 補助金: each command works on the saved workbook, through the command line that is installed."""

# pyright: basic, reportMissingImports=false

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from addin import messages
from addin.calc import cli_bridge
from addin.calc.link_repair import repaired
from addin.calc.names import COMMAND, HANDLER, PROTOCOL, SETTINGS
from addin.calc.registration import ITEMS, MENU
from rules.refusal import Refusal

XLSX = ".xlsx"
SAVE = f"先に、このブックを Excel 形式（{XLSX}）でこのパソコンに保存してください。保存したファイルを調べるためです。"
UNSAVED = "保存していない変更があります。保存してから、もう一度選んでください。"
NO_BOOK = "見積のブックを開いてから、もう一度選んでください。"
READ: dict[str, Callable[[messages.Answer], str]] = {
    "check": messages.check,
    "compare": messages.compare,
    "draft": messages.draft,
}


def made(context: Any) -> Any:
    """The object that LibreOffice asks for the commands jp.hojokin:*.

    A menu calls `dispatch`, which shows a message box; a macro may call `dispatchWithNotification`, which hands the
    message back.
    """
    import unohelper
    from com.sun.star.frame import DispatchResultEvent, XDispatchProvider, XNotifyingDispatch
    from com.sun.star.frame.DispatchResultState import FAILURE, SUCCESS
    from com.sun.star.lang import XInitialization, XServiceInfo

    class Handler(unohelper.Base, XInitialization, XDispatchProvider, XNotifyingDispatch, XServiceInfo):
        frame: Any = None

        def initialize(self, arguments):
            self.frame = arguments[0] if arguments else None

        def queryDispatch(self, url, _target, _flags):
            return self if url.Complete.startswith(PROTOCOL) else None

        def queryDispatches(self, requests):
            return tuple(self.queryDispatch(r.FeatureURL, r.FrameName, r.SearchFlags) for r in requests)

        def dispatch(self, url, _arguments):
            _, message = chosen(context, self.frame, url.Complete)
            show(self.frame, message)

        def dispatchWithNotification(self, url, _arguments, listener):
            well, message = chosen(context, self.frame, url.Complete)
            if listener is not None:
                listener.dispatchFinished(DispatchResultEvent(self, SUCCESS if well else FAILURE, message))

        def addStatusListener(self, _listener, _url):
            pass

        def removeStatusListener(self, _listener, _url):
            pass

        def getImplementationName(self):
            return HANDLER

        def supportsService(self, name):
            return name in self.getSupportedServiceNames()

        def getSupportedServiceNames(self):
            return ("com.sun.star.frame.ProtocolHandler",)

    return Handler()


def chosen(context: Any, frame: Any, url: str) -> tuple[bool, str]:
    """What one command says; every failure is one sentence."""
    name = url.removeprefix(PROTOCOL).partition("?")[0]
    try:
        document = frame.Controller.Model if frame is not None and frame.Controller is not None else None
        if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            raise Refusal(NO_BOOK)
        return True, mended(document) if name == "repair" else asked(name, document, setting(context))
    except Refusal as e:
        return False, str(e)
    except Exception as e:
        told = f"{type(e).__name__}: {str(e)[:200]}"
        return (
            False,
            f"プログラムの誤りで「{ITEMS.get(name, name)}」ができませんでした（{told}）。この文を作成者に知らせてください。",
        )


def asked(name: str, document: Any, command_setting: str) -> str:
    """入力チェック, 枠の比較 or 申請書下書き of a saved document."""
    path = saved(document)
    more = ["-o", str(path.parent)] if name == "draft" else []
    return READ[name](cli_bridge.run(cli_bridge.found(command_setting, os.environ), name, str(path), *more))


def saved(document: Any) -> Path:
    """The file of a document that is saved as it is shown."""
    import uno

    url = document.getURL()
    if not url.startswith("file:"):
        raise Refusal(SAVE)
    path = Path(uno.fileUrlToSystemPath(url))
    if path.suffix.lower() != XLSX:
        raise Refusal(SAVE)
    if document.isModified():
        raise Refusal(UNSAVED)
    return path


def mended(document: Any) -> str:
    """関数のリンク修復."""
    count, locked = repaired(document)
    lines = [f"{count}個のセルの関数をつなぎ直しました。" if count else "つなぎ直すセルはありません。"]
    if locked:
        lines.append(f"{locked}個のセルは保護されたシートにあるため、そのままです。保護を外してください。")
    return "\n".join(lines)


def setting(context: Any) -> str:
    """Where the user says the command line is (ツール > オプション > 詳細 > 設定の編集)."""
    from com.sun.star.beans import PropertyValue

    manager = context.ServiceManager
    provider = manager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)
    place = PropertyValue(Name="nodepath", Value=f"/{SETTINGS}")
    return provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (place,)).getByName(
        COMMAND
    )


def show(frame: Any, message: str) -> None:
    """A message box over the document's window."""
    from com.sun.star.awt.MessageBoxType import INFOBOX

    window = frame.ContainerWindow
    window.Toolkit.createMessageBox(window, INFOBOX, 1, MENU, message).execute()
