"""Names and cells of the quote workbook: the one contract between the builder, the reader and every document.

>>> INPUT["subject"].address
'見積!C5'
>>> LINES.cell("price", 1)
'見積!K19'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules import near_minimum_wage
from rules.frames import FRAMES, invoice
from workbooks.files.address import letters as get_column_letter
from workbooks.form import portal_fields
from workbooks.form.results import AMOUNT, RESULT, RESULTS, Result

START, APPLICANT, QUOTE, PLAN, PARTNERS, MEMBERS = "はじめに", "申請者", "見積", "計画", "取引先", "構成員"
PROPOSAL, ANNEX, FUNCTIONS, CHECK, WORKING, LISTS = "提案書", "別紙", "関数", "チェック", "明細計算", "一覧"
SHEETS = (START, APPLICANT, QUOTE, PLAN, PARTNERS, MEMBERS, AMOUNT, PROPOSAL, ANNEX, FUNCTIONS, CHECK, WORKING, LISTS)
PROPOSAL_LINES = 11  # lines of a quote that 提案書 has room for; 別紙 lists all of them where there are more
ANNEX_FIRST, ANNEX_LAST = 8, "J"  # 別紙: the row of the first line, the last column that is printed
FORM_NAME, FORM_CELL = "hojokin_form", "H1"  # on はじめに
FORM = 3  # version of the form: the defined name `hojokin_form`; a file without it is the first
DECIDING = frozenset((
    "application_date", "frame", "industry", "employees", "small_claim", "near_min_wage", "large", "otasuke_number", "otasuke_granted",
    "tax_mode", "quoted_gross", "reduced_base", "total_discount", "total_accounts", "accounts_unlimited", "sme_accounts",
    "analysis_cost", "analysis_members", "admin_cost",
))  # fmt: skip  # the inputs on which an amount or a frame depends
SPOKEN = frozenset(("item", "unit", "note", "name", "corporate_number", "consent", "role"))  # columns of words alone
YES, NO = "はい", "いいえ"
TAX_MODES = ("税抜", "税込")
UNTOLD_TAX = f"空欄は{TAX_MODES[0]}として計算"
UNTOLD_FUNCTIONS = f"空欄は{next(a.default for a in invoice.ARGUMENTS if a.name == 'functions')}"
LINE_ROWS, PARTNER_ROWS, MEMBER_ROWS = 50, 40, 60  # prepared rows; a reader accepts more
MOST_LINES, MOST_PARTNERS, MOST_MEMBERS = 500, 1_000, 1_000  # rows down to which the formulas look


@dataclass(frozen=True)
class Input:
    """A cell that a person fills. `name` is the defined name, `kind` as in portal_fields.toml."""

    name: str
    label: str
    kind: str
    sheet: str
    cell: str  # such as C5
    block: str = ""  # heading it stands under
    limit: int | None = None  # characters or digits
    required: bool = False
    only: str = ""  # 法人, 個人, or "" for both
    when: str = ""  # a yesno input that must be はい; "" for always
    negative: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""
    since: int = 1  # the form that first had this input
    frames: tuple[str, ...] = ()  # the frames that ask for it; () for all

    @property
    def address(self) -> str:
        """Sheet and cell: 見積!C5."""
        return f"{self.sheet}!{self.cell}"

    @property
    def decides(self) -> bool:
        """Whether an amount or a frame depends on it: a quote without its cell cannot be read."""
        return self.name in DECIDING


@dataclass(frozen=True)
class Column:
    """A column of a table; `computed` ones hold formulas and are never read as input."""

    name: str
    title: str  # the header cell
    kind: str
    width: float
    hint: str = ""
    choices: tuple[str, ...] = ()
    computed: bool = False
    negative: bool = False
    since: int = 1  # the form that first had this column

    @property
    def decides(self) -> bool:
        """Whether an amount depends on it: a table without it cannot be read."""
        return not self.computed and self.name not in SPOKEN


@dataclass(frozen=True)
class Table:
    """An Excel table: its header cells stand in `header`, its first column in `left` (1 = A)."""

    name: str  # displayName
    sheet: str
    header: int
    left: int
    rows: int
    columns: tuple[Column, ...]
    since: int = 1  # the form that first had this table
    grows: bool = True  # whether rows typed below it belong to it
    most: int = 0  # rows down to which the formulas look; 0: the prepared ones

    @property
    def first(self) -> int:
        """Row of the first data line."""
        return self.header + 1

    @property
    def last(self) -> int:
        """Row of the last prepared data line."""
        return self.header + self.rows

    def letter(self, name: str) -> str:
        """The letter of a column."""
        return get_column_letter(self.left + [c.name for c in self.columns].index(name))

    def cell(self, name: str, number: int) -> str:
        """The cell of a column in line `number`, from 1."""
        return f"{self.sheet}!{self.letter(name)}{self.header + number}"

    def column(self, name: str) -> str:
        """The range of a column over all rows that a workbook may have: '見積'!$B$19:$B$518."""
        letter, rows = self.letter(name), self.most or self.rows
        return f"'{self.sheet}'!${letter}${self.first}:${letter}${self.header + rows}"

    @property
    def ref(self) -> str:
        """The table's range with its header."""
        return f"{get_column_letter(self.left)}{self.header}:{self.letter(self.columns[-1].name)}{self.last}"


# --- 申請者: one block after the other, label | input | 必須 | hint -------------------------------------------------

APPLICANT_TOP = 5  # row of the first block's heading
APPLICANT_INPUT = "C"


def _applicant() -> Iterator[Input]:
    row = APPLICANT_TOP
    for block in portal_fields.blocks():
        for number, f in enumerate(block.fields, 1):
            cell = f"{APPLICANT_INPUT}{row + number}"
            yield Input(
                f.name, f.label, f.kind, APPLICANT, cell, block.title, f.limit, f.required, f.only, f.when, f.negative,
                f.choices, f.hint, f.since, f.frames,
            )  # fmt: skip
        row += len(block.fields) + 2  # the heading, and a blank row


# --- 見積: three groups of inputs side by side above the table ------------------------------------------------------

QUOTE_TOP = 4  # row of the groups' first headings


@dataclass(frozen=True)
class Group:
    """A box of inputs on 見積: its labels start in one column, its inputs in another."""

    title: str
    labels: tuple[str, str]  # first and last column of a label
    values: tuple[str, str]  # first and last column of an input
    row: int  # of the heading
    inputs: tuple[Input, ...]


def _group(title: str, labels: str, values: str, row: int, *inputs: tuple[str, str, str, bool, str]) -> Group:
    made = (
        Input(
            name=name,
            label=label,
            kind=kind,
            sheet=QUOTE,
            cell=f"{values[0]}{row + number}",
            block=title,
            required=required,
            choices=TAX_MODES if name == "tax_mode" else (),
            hint=hint,
        )
        for number, (name, label, kind, required, hint) in enumerate(inputs, 1)
    )
    return Group(title, (labels[0], labels[1]), (values[0], values[1]), row, tuple(made))


GROUPS = (
    _group(
        "見積の内容",
        "BB",
        "CE",
        QUOTE_TOP,
        ("subject", "件名", "text", True, "例: 会計・受発注クラウドの導入"),
        ("quote_number", "見積番号", "text", True, "見積書の番号をそのまま"),
        ("issued_on", "発行日", "date", True, "例: 2026/10/1"),
        ("valid_until", "有効期限", "date", True, "交付決定のころまで有効な日が安心です"),
        ("tax_mode", "単価の税区分", "choice", True, f"単価と値引（合計からの値引も）が税抜か税込か。{UNTOLD_TAX}"),
        ("quoted_gross", "見積書の税込合計（円）", "yen", False, "見積書に印刷された合計。計算と照らします"),
        ("reduced_base", "うち軽減税率8%の税抜額（円）", "yen", False, "無ければ空欄"),
        ("total_discount", "合計からの値引（円）", "yen", False, "値引は行ごとに。ここの分は金額の割合で行に分けます"),
        ("vendor_subsidy", "見積書に書かれた補助額（円）", "yen", False, "あれば。規則による額と照らします"),
    ),
    _group(
        "発行者（IT導入支援事業者）",
        "FG",
        "HK",
        QUOTE_TOP,
        ("vendor_name", "会社名", "text", True, "見積書の発行者"),
        ("vendor_corporate_number", "法人番号", "digits", False, "13桁の数字"),
        ("vendor_invoice_number", "登録番号", "text", True, "Tと13桁の数字"),
        ("vendor_address", "住所", "text", True, "丁目・番地まで"),
        ("vendor_tel", "電話番号", "tel", True, "例: 03-0000-0000"),
        ("vendor_contact", "担当者", "text", True, "見積の担当者"),
    ),
    _group(
        "実際の日付（済んでいれば）",
        "LN",
        "OP",
        QUOTE_TOP,
        ("decision_date", "交付決定日", "date", False, "交付決定の通知の日"),
        ("order_date", "発注日", "date", False, "交付決定より前の発注は対象外です"),
        ("contract_date", "契約日", "date", False, "交付決定より前の契約は対象外です"),
        ("invoice_date", "請求日", "date", False, "請求書の日付"),
        ("payment_date", "支払日", "date", False, "振り込んだ日"),
    ),
)

LIMITS = {"vendor_corporate_number": 13, "expert_corporate_number": 13}


def _quote() -> Iterator[Input]:
    for group in GROUPS:
        for i in group.inputs:
            yield i if i.name not in LIMITS else _limited(i)


def _limited(i: Input) -> Input:
    return Input(**{**vars(i), "limit": LIMITS[i.name]})


# --- 取引先 and 構成員: a few inputs above the table ------------------------------------------------------------------

OWN_TOP = 5  # row of the first input on 取引先 and 構成員


def _own(sheet: str, *inputs: tuple[str, str, str, str]) -> Iterator[Input]:
    for row, (name, label, kind, hint) in enumerate(inputs, OWN_TOP):
        yield Input(name, label, kind, sheet, f"D{row}", limit=LIMITS.get(name), hint=hint, since=2)


PARTNER_INPUTS = tuple(
    _own(
        PARTNERS,
        ("total_accounts", "契約する受注側アカウントの総数", "count", "使う予定のないアカウントも数えます"),
        ("accounts_unlimited", "アカウント数に上限の無い契約か", "yesno", "上限の無い契約は対象外です"),
        ("sme_accounts", "中小企業等が使うアカウント数", "count", "下の一覧を作らないときだけ入れます"),
    )
)
MEMBER_INPUTS = tuple(
    _own(
        MEMBERS,
        ("analysis_cost", "(b) 消費動向等分析経費（円、税抜）", "yen", "無ければ空欄"),
        ("analysis_members", "(b) のツールを導入する構成員の数", "count", "下の表の「(b)導入」に入れれば空欄のまま"),
        ("admin_cost", "(c) 事務費・専門家経費（円、税抜）", "yen", "無ければ空欄"),
        ("expert_name", "外部専門家の氏名・名称", "text", "いなければ空欄"),
        ("expert_corporate_number", "外部専門家の法人番号", "digits", "法人のとき。13桁の数字"),
    )
)

INPUTS: tuple[Input, ...] = (*_applicant(), *_quote(), *PARTNER_INPUTS, *MEMBER_INPUTS)
INPUT = {i.name: i for i in INPUTS}

# --- 見積: the table of lines ---------------------------------------------------------------------------------------

OTHER_SUBSIDY = "あり"
LINES = Table(
    "lines",
    QUOTE,
    header=18,
    left=2,
    rows=LINE_ROWS,
    most=MOST_LINES,
    columns=(
        Column("item", "品名", "text", 30, "見積書の品名"),
        Column("tool", "ツール", "text", 19, "その行が属するソフトウェアの名前。オプションや役務も同じ名前を入れます"),
        Column("major", "大分類", "text", 7, "カテゴリーから出ます", computed=True),
        Column("category", "カテゴリー", "choice", 25, "一覧から選びます"),
        Column(
            "functions",
            "機能",
            "choice",
            17,
            "ソフトウェアの行だけ。会計・受発注・決済のうち有るもの。お助け隊サービスは「お助け隊」",
        ),
        Column("processes", "プロセス", "text", 10, "例: 共P-04。通常枠の金額に使います。2つ以上は「、」で区切ります"),
        Column("contract", "契約", "choice", 8, "買取・月額・年額など"),
        Column("unit", "単位", "text", 9, "例: 式、台、ID、時間"),
        Column("quantity", "数量", "count", 7, "0以上の整数"),
        Column("price", "単価", "yen", 11, "円。月額は1か月、年額は1年の単価"),
        Column("months", "月数", "count", 7, "月額と年額の行だけ。年額は12の倍数"),
        Column("discount", "値引", "yen", 10, "その行の値引額（円、正の数）"),
        Column("note", "備考", "text", 24, ""),
        Column(
            "other_subsidy", "他補助金", "choice", 9, "同じ経費に国の他の補助金を使うなら「あり」", (OTHER_SUBSIDY,)
        ),
        Column("amount", "金額", "yen", 12, "税抜。計算されます", computed=True),
        Column("eligible", "対象経費", "yen", 12, "補助の対象になる額", computed=True),
        Column("cut", "減額", "yen", 11, "対象にならない額", computed=True),
        Column("reason", "理由", "text", 30, "減額の理由", computed=True),
    ),
)

# --- the tables of 取引先, 構成員 and 計画 ---------------------------------------------------------------------------

PARTNER_TABLE = Table(
    "partners",
    PARTNERS,
    header=13,
    left=2,
    rows=PARTNER_ROWS,
    most=MOST_PARTNERS,
    since=2,
    columns=(
        Column("name", "取引先名", "text", 34, "登記の名称"),
        Column("corporate_number", "法人番号", "digits", 18, "13桁の数字。個人は空欄"),
        Column("sme", "中小企業等か", "yesno", 14, "資本金か従業員数が中小企業の範囲なら「はい」"),
        Column("accounts", "アカウント数", "count", 14, "その取引先が使う受注側アカウントの数"),
        Column("consent", "同意書", "yesno", 12, "取引先同意書をもらったか"),
        Column("note", "備考", "text", 30, ""),
        Column("counted", "按分に入る数", "count", 14, "計算されます", computed=True),
    ),
)
MEMBER_TABLE = Table(
    "members",
    MEMBERS,
    header=15,
    left=2,
    rows=MEMBER_ROWS,
    most=MOST_MEMBERS,
    since=2,
    columns=(
        Column("name", "構成員", "text", 30, "商号か氏名"),
        Column("corporate_number", "法人番号", "digits", 17, "13桁の数字。個人事業主は空欄"),
        Column("small_biz", "小規模か", "yesno", 10, "小規模事業者なら「はい」"),
        Column("cost", "ソフトウェア等", "yen", 14, "円、税抜。ソフトウェア購入費・導入関連費"),
        Column("functions", "機能の数", "count", 10, f"会計・受発注・決済のうち有る数。{UNTOLD_FUNCTIONS}"),
        Column("pc_cost", "PC等", "yen", 13, "円、税抜。PC・タブレット・プリンター等"),
        Column("register_cost", "レジ等", "yen", 13, "円、税抜。POSレジ・券売機"),
        Column("analysis", "(b)導入", "yesno", 10, "(b) のツールを導入するなら「はい」"),
        Column("role", "役割", "text", 30, "グループの中での役割"),
        Column("subsidy", "補助額", "yen", 14, "計算されます", computed=True),
        Column("remark", "確認", "text", 26, "計算されます", computed=True),
    ),
)
PLAN_TABLE = Table(
    "plan",
    PLAN,
    header=8,
    left=2,
    rows=4,
    since=2,
    grows=False,
    columns=(
        Column("year", "年度", "text", 16, "", computed=True),
        Column("operating", "営業利益", "yen", 16, "円。損失は負の数", negative=True),
        Column("personnel", "人件費", "yen", 16, "円"),
        Column("depreciation", "減価償却費", "yen", 16, "円"),
        Column("employees", "従業員数", "decimal", 12, "人"),
        Column("hours", "年間平均労働時間", "decimal", 16, "1人当たりの時間"),
        Column("added", "付加価値額", "yen", 16, "計算されます", computed=True),
        Column("productivity", "労働生産性", "decimal", 14, "円／時間。計算されます", computed=True),
        Column("growth", "年平均成長率", "decimal", 14, "計算されます", computed=True),
    ),
)
MONTH_TABLE = Table(
    "months",
    PLAN,
    header=37,
    left=2,
    rows=near_minimum_wage.MONTHS,
    since=2,
    grows=False,
    columns=(
        Column("month", "月", "text", 16, "", computed=True),
        Column("everyone", "全従業員数", "count", 16, "その月の人数"),
        Column("below", "境の額に満たない人数", "count", 16, "時給に直して数えます"),
        Column("share", "割合", "decimal", 16, "計算されます", computed=True),
        Column("hit", "該当", "text", 12, "計算されます", computed=True),
    ),
)
MORE = (PARTNER_TABLE, MEMBER_TABLE, PLAN_TABLE, MONTH_TABLE)  # the tables beside the lines
TABLES = (LINES, *MORE)


# --- how many rows are prepared -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Size:
    """How many rows of each table are written. The formulas always reach down to `Table.most` rows."""

    lines: int = LINE_ROWS
    partners: int = PARTNER_ROWS
    members: int = MEMBER_ROWS

    @classmethod
    def of(cls, lines: int = 0, partners: int = 0, members: int = 0) -> Size:
        """Room for so many rows: never less than the usual.

        >>> Size.of(members=200)
        Size(lines=50, partners=40, members=200)
        """
        usual = cls()
        return cls(max(lines, usual.lines), max(partners, usual.partners), max(members, usual.members))

    def table(self, table: Table) -> Table:
        """A table with this many rows."""
        return replace(table, rows=getattr(self, table.name, table.rows))


__all__ = ["AMOUNT", "FRAMES", "RESULT", "RESULTS", "Result"]
