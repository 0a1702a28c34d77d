"""The command line. argparse, since a call must answer in a blink; each command's module is imported when it is called."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from addin.cli import advise, inject, inspect_and_templates, migrate
from addin.cli.install import add_commands
from rules.engine.argument import VALUE, ArgumentError
from rules.findings import ERROR
from rules.refusal import Refusal

DONE, FOUND, WRONG = 0, 1, 2
SAID = {  # what argparse says, in Japanese
    r"unrecognized arguments: (.*)": r"余分な指定: \1",
    r"the following arguments are required: (.*)": r"足りない指定: \1",
    r"argument .*?: invalid choice: (.*?) \(choose from (.*)\)": r"\1 はありません。使えるのは \2",
    r"argument (.*?): expected .* argument": r"\1 の値がありません",
    r"argument (.*?): ignored explicit argument .*": r"\1 に値は付けられません",
    r"ambiguous option: (.*) could match (.*)": r"\1 は \2 のどれか決まりません",
}
REASONS: dict[type[OSError], str] = {
    FileExistsError: "同じ名前のものがあります",
    FileNotFoundError: "見つかりません",
    NotADirectoryError: "途中の名前がフォルダーではなくファイルです",
    IsADirectoryError: "ファイルではなくフォルダーです",
    PermissionError: "権限がないか、ほかのプログラムが開いています",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one Japanese line, and helps in Japanese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title, self._optionals.title = "指定", "オプション"
        self.add_argument("-h", "--help", action="help", help="この説明を示す")

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "使い方:", 1)

    def error(self, message: str) -> NoReturn:
        for english, japanese in SAID.items():
            message = re.sub(english, japanese, message)
        raise ArgumentError(
            "", VALUE, f"指定が正しくありません（{message}）。使い方は {self.prog} --help で見られます。"
        )


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command. Exit status: 0 done, 1 findings of level error, 2 wrong call or unreadable file."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        call = parser().parse_args(_speakable(sys.argv[1:] if words is None else words))
        return call.run(call)
    except Refusal as e:
        return _wrong(str(e))
    except KeyboardInterrupt:
        return _wrong("途中で止めました。")
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing is left to say
        return DONE
    except OSError as e:
        reason = REASONS.get(type(e), "ディスクの空きや接続を確かめてください")
        return _wrong(f"{e.filename or 'ファイル'} を読み書きできません（{reason}）。")
    except Exception as e:  # our own mistake: no traceback reaches a user
        from addin.error_messages import bug

        return _wrong(bug(e))


def _speakable(words: Sequence[str]) -> Sequence[str]:
    """The words of a call, refused where one holds half a letter: no file system takes it."""
    for word in words:
        try:
            os.fsencode(word)
        except UnicodeEncodeError:
            shown = word.encode("utf-8", "replace").decode()
            raise ArgumentError(
                "", VALUE, f"指定「{shown}」に、文字の半分が入っています。入れ直してください。"
            ) from None
    return words


def parser() -> Parser:
    """Every command with its Japanese help."""
    top = Parser(prog="hojokin", description="デジタル化・AI導入補助金の補助額を計算し、見積から下書きを作ります。")
    top.set_defaults(run=run_help, parser=top)
    commands = top.add_subparsers(title="コマンド", metavar="コマンド")
    _calc(commands)
    _law(commands)
    _quotes(commands)
    _advise(commands)
    _build(commands)
    inspect_and_templates.add_commands(commands)
    inject.add_commands(commands)
    migrate.add_commands(commands)
    add_commands(commands)
    return top


def _calc(commands: Any) -> None:
    calc = commands.add_parser("calc", help="補助額を計算する（例: hojokin calc invoice cost=1000000 small_biz=true）")
    calc.add_argument("frame", help="枠: normal, invoice, etrade, security, group か日本語名")
    calc.add_argument("values", nargs="*", metavar="key=value", help="引数")
    _dated(calc)
    calc.set_defaults(run=run_calc)


def _law(commands: Any) -> None:
    law = commands.add_parser("law", help="枠の率・上限・計算の段階を出典つきで示す")
    law.add_argument("frame", nargs="?", help="枠。省くとすべて")
    _dated(law, json_too=False)
    law.set_defaults(run=run_law)


def _quotes(commands: Any) -> None:
    helps = {
        "compare": "一つの見積を枠ごとに比べる",
        "check": "見積の誤りと注意を示す",
        "draft": "見積から Word の下書きを作る",
    }
    for name, text in helps.items():
        command = commands.add_parser(name, help=text)
        command.add_argument("quote", help="見積ワークブック（.xlsx）")
        command.add_argument("--json", action="store_true", help="JSON で出す")
        if name == "draft":
            command.add_argument("-o", "--out", required=True, metavar="DIR", help="下書きを置くフォルダー")
            command.add_argument("--templates", metavar="DIR", help="自分のテンプレートのフォルダー")
            command.add_argument("--pdf", action="store_true", help="PDF も作る（LibreOffice を使う）")
        if name != "compare":
            command.add_argument("--frame", help="枠（既定: 見積の「申請する枠」）")
        command.set_defaults(run=run_quote, command=name)


def _advise(commands: Any) -> None:
    command = commands.add_parser("advise", help=advise.HELP)
    advise.register(command)
    command.set_defaults(run=advise.run)


def _build(commands: Any) -> None:
    build = commands.add_parser("build", help="見積ワークブックとテンプレートを作り直す")
    build.add_argument("-o", "--out", default="dist", metavar="DIR", help="置き場所（既定: dist）")
    build.set_defaults(run=run_build)


def _dated(command: argparse.ArgumentParser, json_too: bool = True) -> None:
    command.add_argument("--as-of", metavar="YYYY-MM-DD", help="申請日。省くと最新の版")
    if json_too:
        command.add_argument("--json", action="store_true", help="JSON で出す")


def run_help(call: argparse.Namespace) -> int:
    """hojokin without a command."""
    call.parser.print_help(sys.stderr)
    return WRONG


def run_calc(call: argparse.Namespace) -> int:
    """hojokin calc."""
    from addin.cli import calc
    from rules.frames import frame

    module = frame(call.frame)
    c, findings = calc.calculate(module, call.values, as_of(call.as_of))
    print(_json(calc.as_json(c, findings)) if call.json else calc.as_text(module, c, findings))
    return FOUND if any(f.level == ERROR for f in findings) else DONE


def run_law(call: argparse.Namespace) -> int:
    """hojokin law."""
    from addin.cli.law import law
    from rules.frames import FRAMES, frame

    frames = [frame(call.frame)] if call.frame else list(FRAMES)
    print("\n\n".join(law(module, as_of(call.as_of)) for module in frames))
    return DONE


def run_quote(call: argparse.Namespace) -> int:
    """hojokin compare, check and draft."""
    from addin.cli import check_compare_draft

    if call.command == "draft" and not call.out:
        raise ArgumentError(
            "out", VALUE, "-o にフォルダーの名前がありません。今のフォルダーなら -o . と書いてください。"
        )
    answer = check_compare_draft.COMMANDS[call.command](call)
    print(_json(answer.data) if call.json else answer.text)
    return FOUND if answer.found else DONE


def run_build(call: argparse.Namespace) -> int:
    """hojokin build."""
    from addin.cli.build import build

    for path, digest in build(call.out):
        print(f"{digest}  {path}")
    return DONE


def as_of(text: str | None) -> date | None:
    """The date of application from the command line."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as e:
        raise ArgumentError("as_of", VALUE, f"--as-of {text} は日付ではありません（例: 2026-06-01）。") from e


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def _wrong(message: str) -> int:
    from workbooks.reading.identifiers import covered

    print("hojokin: " + covered(" ".join(message.split())), file=sys.stderr)
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
