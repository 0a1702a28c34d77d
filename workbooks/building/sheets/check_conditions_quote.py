"""チェック: what is wrong with the lines and with the whole quote, as `rules.checks.lines` and `checks.whole_quote` say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules import line_limits
from rules.checks.codes import codes
from rules.checks.past import SERVICES
from rules.findings import NOTICE
from rules.frames import FRAMES, etrade, group, invoice, security
from workbooks.building.formula_text import blank, every, halfwidth, per_edition, quoted, ref, total
from workbooks.building.sheets import amount_working, line_columns, members, rounds
from workbooks.building.sheets.check_conditions import Test, applied, at, falls, where
from workbooks.building.sheets.lists import Lookups
from workbooks.form.layout import LINES, MEMBER_TABLE, PARTNER_TABLE

DAYS = ("order_date", "contract_date", "invoice_date", "payment_date")


def of_lines(unread: str) -> Iterator[Test]:
    gone = LINES.cell
    hourly = per_edition(line_limits.Edition, lambda e: str(e.hourly.value))
    units = codes()["SERVICES"]["words"]
    dear = total(
        f'COUNTIFS({_column("unit")},{quoted(u)},{line_columns.column("price")},">"&{hourly})'
        for u in dict.fromkeys(units)
    )
    lump = total(f'COUNTIFS({_column("unit")},{quoted(u)},{_column("note")},"")' for u in codes()["LUMP"]["words"])
    reason, word = line_columns.column("reason"), line_columns.column("word")
    costly = total(
        f"({_column('unit')}={quoted(u)})*({line_columns.column('price')}>{hourly})" for u in dict.fromkeys(units)
    )
    with_services = applied(*(f for f in FRAMES if "Ⅲ" in f.line_classes))
    yield Test(
        "INPUT",
        "読めないセルがある。下の「読めないセル」に、場所と直し方が出る。",
        f"OR({unread}>0,ISERROR(SUM({line_columns.column(line_columns.LISTED)})))",
        gone("price", 1),
        bad=f"ISERROR({line_columns.column(line_columns.LISTED)})",
    )
    yield Test(
        "INPUT",
        "合計からの値引が読めないか、明細の合計を超えている。金額を直す。",
        f"AND(NOT({applied(group.FRAME)}),NOT(ISERROR({amount_working.LISTED})),ISERROR({amount_working.LESS}))",
        at("total_discount"),
    )
    yield Test(
        "CONTRACT",
        "リース・レンタル・従量・中古・無償の行は対象外。買取・月額・年額に直すか、行を除く。",
        _count(line_limits.BAD_CONTRACT),
        gone("contract", 1),
        bad=f"{reason}={line_limits.BAD_CONTRACT}",
    )
    yield Test(
        "DOUBLE",
        "国の他の補助金を使う行は対象外。どちらか一方にする。",
        _count(line_limits.TWICE),
        gone("other_subsidy", 1),
        bad=f"{reason}={line_limits.TWICE}",
    )
    yield Test(
        "NOFUNC",
        "この枠に要る機能やプロセスの無いソフトウェアの行がある。有れば入れる。",
        _count(line_limits.NO_FUNCTION),
        gone("functions", 1),
        bad=f"{reason}={line_limits.NO_FUNCTION}",
    )
    yield Test(
        "NOTHERE",
        "この枠では対象にならないカテゴリーの行がある。0円として計算している。",
        f"IF(OR({falls(etrade.FRAME)},{falls(security.FRAME)}),FALSE,{_count(line_limits.NOT_HERE)})",
        gone("category", 1),
        bad=f"{reason}={line_limits.NOT_HERE}",
    )
    yield Test(
        "HARDONLY",
        "ハードウェアだけでは申請できない。会計・受発注・決済のソフトウェアの行を加える。",
        _hardware_only(),
        gone("category", 1),
        bad=f"{line_columns.column('major')}={line_columns.HARDWARE}",
    )
    yield Test(
        "MONTHS",
        "対象になる月数の上限を超えた行がある。減額された額でよいか確かめる。",
        _less("line_months", line_columns.AMOUNT),
        gone("months", 1),
        bad=_cut("line_months", line_columns.AMOUNT),
    )
    yield Test(
        "SERVICES",
        "役務の合計が上限を超えている。減額された額でよいか確かめる。",
        _less("line_capped", "line_months"),
        gone("price", 1),
        bad=_cut("line_capped", "line_months"),
    )
    yield Test(
        "SERVICES",
        "導入コンサル・活用コンサルは1申請に1つで、額の大きい行だけを数えている。時間単価にも上限がある。",
        f"AND({with_services},OR({_count(line_limits.SECOND)},{dear}>0))",
        gone("price", 1),
        bad=f"({reason}={line_limits.SECOND})+{costly}",
    )
    yield Test(
        "DEARSERVICE",
        "役務がソフトウェアの何倍もある。役務の割合が著しく高額でないことが要件（基準の数字は無い）。",
        _dear(),
        gone("price", 1),
        bad=_among(SERVICES),
    )
    yield Test(
        "SERVICES",
        "導入設定・保守の行のツールを、ソフトウェアの行と揃える。見積に無いソフトウェアの行は0円として計算している。",
        f"AND({with_services},{_unpaired()})",
        gone("tool", 1),
        bad=f"({line_columns.column('paired')}=0)+{_alone(line_limits.PAIRED)}*(LEN({word})=0)",
    )
    yield Test(
        "TRAVEL",
        "役務の行に交通費・宿泊費とある。2025年の公募要領では対象外なので、その分を行から除く。金額はまだ引いていない。",
        _travel(),
        gone("item", 1),
        bad=f"({line_columns.column('travel')}=1)*({line_columns.column('line_eligible')}>0)",
    )
    yield Test(
        "TOOL",
        "オプションや機器の行のツールを、ソフトウェアの行と揃える。",
        _strangers(),
        gone("tool", 1),
        bad=f"{_alone(_others())}*(LEN({word})>0)*({reason}<>{line_limits.NOT_HERE})",
    )
    yield Test(
        "REGISTERPC",
        "レジに使う機器はカテゴリー9（POSレジ等）で登録する。",
        _tills(),
        gone("note", 1),
        bad=f"{_among((line_limits.PC,))}*({_noted(codes()['REGISTERPC']['words'])})",
    )
    yield Test(
        "LUMP",
        "単位が「一式」の行は、分けるか、備考に内訳を書く。",
        f"AND(NOT({applied(group.FRAME)}),{lump}>0)",
        gone("unit", 1),
        bad=total(f'({_column("unit")}={quoted(u)})*({_column("note")}="")' for u in codes()["LUMP"]["words"]),
    )


def _column(name: str) -> str:
    return LINES.column(name)


def _less(after: str, before: str) -> str:
    """Whether a limit cut any line that counts."""
    kept = f"SUMIFS({line_columns.column(after)},{line_columns.column('reason')},0)"
    return f"AND(NOT({applied(group.FRAME)}),{kept}<SUMIFS({line_columns.column(before)},{line_columns.column('reason')},0))"


def _cut(after: str, before: str) -> str:
    """Of each line that counts, whether a limit cut it."""
    return f"({line_columns.column(after)}<{line_columns.column(before)})*({line_columns.column('reason')}=0)"


def _among(categories: Iterable[int]) -> str:
    """Of each line, whether it is of one of these categories."""
    category = line_columns.column("category")
    return f"({total(f'({category}={number})' for number in categories)})"


def _alone(categories: Iterable[int]) -> str:
    """Of each line of some categories, whether its software is not in the quote."""
    return f"{_among(categories)}*({line_columns.column('named')}=0)"


def _noted(words: Iterable[str]) -> str:
    """Of each line, how many of these words stand in its note."""
    return total(f"(1-ISERROR(FIND({quoted(word)},{_column('note')})))" for word in words)


def _dear() -> str:
    """As `rules.checks.past.dear`."""
    category, eligible = line_columns.column("category"), line_columns.column("line_eligible")
    services = total(f"SUMIFS({eligible},{category},{number})" for number in SERVICES)
    software = f"SUMIFS({eligible},{category},{line_limits.SOFTWARE})"
    return f"AND(NOT({applied(group.FRAME)}),{software}>0,{services}>{software}*{codes()['DEARSERVICE']['times']})"


def _hardware_only() -> str:
    """No software with the hardware, of the quote or of a member."""
    hardware = f"COUNTIF({line_columns.column('major')},{line_columns.HARDWARE})>0"
    alone = f"AND({hardware},SUM({line_columns.column('software')})=0)"
    cost, *machines = (members.down(f"given_{name}") for name in ("cost", "pc_cost", "register_cost"))
    member = total(f'COUNTIFS({cost},0,{machine},">0")' for machine in machines)
    return f"IF({applied(invoice.FRAME)},{alone},IF({applied(group.FRAME)},{member}>0,FALSE))"


def _unpaired() -> str:
    """Services whose software is not in the quote, or that name none although all software has a name."""
    apart = f"COUNTIF({line_columns.column('paired')},0)>0"
    return f"AND(NOT({applied(group.FRAME)}),OR({apart},{_strange(line_limits.PAIRED, line_columns.column('word') + ',' + quoted(''))}))"


def _strange(categories: Iterable[int], *more: str) -> str:
    """Lines of some categories whose software is not in the quote."""
    category, named = line_columns.column("category"), line_columns.column("named")
    rest = "".join(f",{part}" for part in more)
    found = total(f"COUNTIFS({category},{number},{named},0{rest})" for number in categories)
    return f"AND(NOT({applied(group.FRAME)}),{found}>0)"


def _travel() -> str:
    """As `rules.checks.lines.travel`, in the frames whose 公募要領 say it."""
    found = f'COUNTIFS({line_columns.column("travel")},1,{line_columns.column("line_eligible")},">0")>0'
    return f"AND({applied(*(f for f in FRAMES if f.name in codes()['TRAVEL']['places']))},{found})"


def _others() -> Iterable[int]:
    """The categories that are neither software nor paired with it."""
    return [
        c.number
        for c in every(line_limits.Edition)[-1].category
        if c.number not in (line_limits.SOFTWARE, *line_limits.PAIRED)
    ]


def _strangers() -> str:
    told = f"COUNTIF({line_columns.column('category')},{line_limits.SOFTWARE})>0"
    reasons = f'{line_columns.column("reason")},"<>{line_limits.NOT_HERE}"'
    return f"AND({told},{_strange(_others(), line_columns.column('word') + ',' + quoted('?*'), reasons)})"


def _tills() -> str:
    note = LINES.column("note")
    words = codes()["REGISTERPC"]["words"]
    found = total(
        f"COUNTIFS({line_columns.column('category')},{line_limits.PC},{note},{quoted(f'*{w}*')})" for w in words
    )
    return where(invoice.FRAME, f"{found}>0")


def _count(reason: int) -> str:
    return f"COUNTIF({line_columns.column('reason')},{reason})>0"


def of_quote(look: Lookups) -> Iterator[Test]:
    theirs, less = ref("vendor_subsidy"), ref("total_discount")
    differs = f"IF({blank(theirs)},FALSE,{theirs}<>{ref('out_subsidy')})"
    discounted = f"IF({blank(less)},FALSE,{less}<>0)"
    taxed = f"IF({applied(group.FRAME)},FALSE,IF({amount_working.AGREED}=1,TRUE,N({ref('reduced_base')})>{ref('out_total')}))"
    yield Test(
        "TAX",
        "見積書の税込合計が、明細から計算した額と合うようにする（単価が税抜か、税区分、軽減税率を確かめる）。",
        taxed,
        at("quoted_gross"),
    )
    yield Test("FLATRATE", "見積書に書かれた補助額が、計算した額と違う。見積書を直す。", differs, at("vendor_subsidy"))
    yield Test(
        "DISCOUNT",
        "合計からの値引は、行ごとの値引に分ける。いまは金額の割合で行に割り振って計算している。",
        f"IF(ISERROR({amount_working.LESS}),FALSE,{discounted})",
        at("total_discount"),
    )
    yield Test(
        "ORDER",
        "交付決定より前の発注・契約・請求・支払は対象外になる。日付を確かめる。",
        _too_early(),
        at("order_date"),
    )
    yield from _rounds()
    yield Test(
        "KICKBACK",
        "キャッシュバック・ポイント・紹介料などの還元は不正とされる。取りやめる。",
        _kickback(look),
        LINES.cell("note", 1),
    )
    yield Test(
        "KICKBACK",
        "還元の言葉があるが、しないと書いてある。還元と読まれないか、文を確かめる。",
        f"{_cells(_texts(), _refusals(look))}>0",
        LINES.cell("note", 1),
        NOTICE,
    )


def _rounds() -> Iterator[Test]:
    """As `rules.planned_dates`."""
    yield Test(
        "ROUND",
        "申請日が、収録した最後の締切より後。公募が続いているか、公式の事業スケジュールで確かめる。",
        rounds.beyond(),
        at("application_date"),
    )
    yield Test(
        "ROUND",
        "見積の有効期限が、交付決定（予定）か発注の日より前。発注の時に切れていない見積をもらう。",
        rounds.expired(),
        at("valid_until"),
    )
    yield Test(
        "ROUND",
        "支払か実績報告の予定日が、実績報告の期限より後。予定を早める。",
        rounds.late(),
        at("planned_report"),
    )


def _too_early() -> str:
    decided = ref("decision_date")
    done = [f"IF({blank(ref(d))},FALSE,IF({blank(decided)},TRUE,{ref(d)}<{decided}))" for d in DAYS]
    return f"OR({','.join((*done, rounds.early()))})"


def _kickback(look: Lookups) -> str:
    """Cells with a word, less those whose word is refused or part of a harmless one; or nothing left to pay."""
    words = look.lists.choice(_patterns(codes()["KICKBACK"]["words"]))
    harmless = look.lists.choice(_patterns(codes()["KICKBACK"]["harmless"]))
    places_ = _texts()
    promised = f"{_cells(places_, words)}-({_cells(places_, _refusals(look))})-({_cells(places_, harmless)})"
    own, less, whole = ref("out_own_burden"), amount_working.LESS, amount_working.LISTED
    # Without the discount the customer would bear his burden in proportion, or more
    nothing = f"IF({applied(group.FRAME)},{own}<={less},AND({whole}>0,{own}*{whole}<={less}*({whole}-{less})))"
    nothing = f"IF(ISNUMBER({own}),IF(ISERROR({nothing}),FALSE,{nothing}),FALSE)"
    return f"OR({promised}>0,{nothing})"


def _texts() -> list[str]:
    """Where a word of 実質的還元 is looked for."""
    places_ = [LINES.column(n) for n in ("item", "note")]
    return [*places_, PARTNER_TABLE.column("note"), MEMBER_TABLE.column("role"), ref("subject"), ref("business")]


def _refusals(look: Lookups) -> str:
    """A word that is refused at once, as `rules.checks.whole_quote` reads it."""
    data = codes()["KICKBACK"]
    return look.lists.choice(_patterns(f"{word}{end}" for word in data["words"] for end in data["negated"]))


def _patterns(words: Iterable[str]) -> tuple[str, ...]:
    """What COUNTIF looks for; half-width kana, as some people write them, too."""
    return tuple(dict.fromkeys(f"*{text}*" for word in words for text in (word, halfwidth(word))))


def _cells(ranges: Iterable[str], patterns: str) -> str:
    """How many times cells hold one of these words."""
    return total(f"SUMPRODUCT(COUNTIF({place},{patterns}))" for place in ranges)
