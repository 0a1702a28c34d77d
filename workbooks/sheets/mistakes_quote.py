"""チェック: what is wrong with the lines and with the whole quote, as `rules.checks_lines` and `checks_quote` say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules import etrade, group, invoice, lines, security
from rules.codes import codes
from rules.frames import FRAMES
from workbooks.layout import LINES, MEMBER_TABLE, PARTNER_TABLE
from workbooks.sheets import places, working
from workbooks.sheets.mistake import Test, applied, at, falls, first, numbers, where
from workbooks.text import AS_OF, blank, every, per_edition, quoted, ref, total

DAYS = ("order_date", "contract_date", "invoice_date", "payment_date")
PLANNED = ("planned_order", "planned_payment")


def of_lines() -> Iterator[Test]:
    gone = LINES.cell
    hourly = per_edition(lines.Edition, lambda e: str(e.hourly.value))
    units = codes()["SERVICES"]["words"]
    dear = total(
        f'COUNTIFS({_column("unit")},{quoted(u)},{_column("price")},">"&{hourly})' for u in dict.fromkeys(units)
    )
    several = per_edition(lines.Edition, lambda e: str(e.consulting.value))
    reason, category = working.column("reason"), working.column("category")
    consulting = f"COUNTIF({working.column('category')},{lines.CONSULTING})>{several}"
    lump = total(f'COUNTIFS({_column("unit")},{quoted(u)},{_column("note")},"")' for u in codes()["LUMP"]["words"])
    costly = total(f"({_column('unit')}={quoted(u)})*({_column('price')}>{hourly})" for u in dict.fromkeys(units))
    advice = f"({category}={lines.CONSULTING})"
    again = f"{advice}*({numbers(LINES)}>{first(LINES, advice)})*({consulting})"
    with_services = applied(*(f for f in FRAMES if "Ⅲ" in f.MAJORS))
    yield Test(
        "INPUT",
        "読めない明細行がある。「見積」の赤い行の右端に、直すセルが出る。",
        f"SUMPRODUCT(ISERROR({working.column(working.AMOUNT)})*1)>0",
        gone("price", 1),
        bad=f"ISERROR({working.column(working.AMOUNT)})",
    )
    yield Test(
        "CONTRACT",
        "リース・レンタル・従量・中古・無償の行は対象外。買取・月額・年額に直すか、行を除く。",
        _count(lines.BAD_CONTRACT),
        gone("contract", 1),
        bad=f"{reason}={lines.BAD_CONTRACT}",
    )
    yield Test(
        "DOUBLE",
        "国の他の補助金を使う行は対象外。どちらか一方にする。",
        _count(lines.TWICE),
        gone("other_subsidy", 1),
        bad=f"{reason}={lines.TWICE}",
    )
    yield Test(
        "NOFUNC",
        "この枠に要る機能やプロセスの無いソフトウェアの行がある。有れば入れる。",
        _count(lines.NO_FUNCTION),
        gone("functions", 1),
        bad=f"{reason}={lines.NO_FUNCTION}",
    )
    yield Test(
        "NOTHERE",
        "この枠では対象にならないカテゴリーの行がある。0円として計算している。",
        f"IF(OR({falls(etrade)},{falls(security)}),FALSE,{_count(lines.NOT_HERE)})",
        gone("category", 1),
        bad=f"{reason}={lines.NOT_HERE}",
    )
    yield Test(
        "HARDONLY",
        "ハードウェアだけでは申請できない。会計・受発注・決済のソフトウェアの行を加える。",
        _hardware_only(),
        gone("category", 1),
        bad=f"{working.column('major')}={working.HARDWARE}",
    )
    yield Test(
        "MONTHS",
        "対象になる月数の上限を超えた行がある。減額された額でよいか確かめる。",
        _less("line_months", working.AMOUNT),
        gone("months", 1),
        bad=_cut("line_months", working.AMOUNT),
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
        "導入コンサル・活用コンサルは1申請に1つ。時間単価にも上限がある。",
        f"AND({with_services},OR({consulting},{dear}>0))",
        gone("price", 1),
        bad=f"{again}+{costly}",
    )
    paired = f"AND({with_services},{_strange(lines.PAIRED)})"
    yield Test(
        "SERVICES",
        "導入設定・保守の行のツールを、ソフトウェアの行と揃える。",
        paired,
        gone("tool", 1),
        bad=_unpaired(lines.PAIRED),
    )
    yield Test(
        "TOOL",
        "オプションや機器の行のツールを、ソフトウェアの行と揃える。",
        _strangers(),
        gone("tool", 1),
        bad=f"({_unpaired(_others())})*(LEN({working.column('word')})>0)*({reason}<>{lines.NOT_HERE})",
    )
    yield Test(
        "REGISTERPC",
        "レジに使う機器はカテゴリー9（POSレジ等）で登録する。",
        _tills(),
        gone("note", 1),
        bad=f"({category}={lines.PC})*({_noted(codes()['REGISTERPC']['words'])})",
    )
    yield Test(
        "LUMP",
        "単位が「一式」の行は、分けるか、備考に内訳を書く。",
        f"AND(NOT({applied(group)}),{lump}>0)",
        gone("unit", 1),
        bad=total(f'({_column("unit")}={quoted(u)})*({_column("note")}="")' for u in codes()["LUMP"]["words"]),
    )


def _column(name: str) -> str:
    return LINES.column(name)


def _less(after: str, before: str) -> str:
    """Whether a limit cut any line that counts."""
    kept = f"SUMIFS({working.column(after)},{working.column('reason')},0)"
    return f"AND(NOT({applied(group)}),{kept}<SUMIFS({working.column(before)},{working.column('reason')},0))"


def _cut(after: str, before: str) -> str:
    """Of each line that counts, whether a limit cut it."""
    return f"({working.column(after)}<{working.column(before)})*({working.column('reason')}=0)"


def _unpaired(categories: Iterable[int]) -> str:
    """Of each line of some categories, whether its software is not in the quote."""
    category = working.column("category")
    return f"({total(f'({category}={number})' for number in categories)})*({working.column('named')}=0)"


def _noted(words: Iterable[str]) -> str:
    """Of each line, how many of these words stand in its note."""
    return total(f"(1-ISERROR(FIND({quoted(word)},{_column('note')})))" for word in words)


def _hardware_only() -> str:
    """No software with the hardware, of the quote or of a member."""
    hardware = f"COUNTIF({working.column('major')},{working.HARDWARE})>0"
    alone = f"AND({hardware},SUM({working.column('software')})=0)"
    cost, *machines = (MEMBER_TABLE.column(name) for name in ("cost", "pc_cost", "register_cost"))
    member = total(f'COUNTIFS({cost},0,{machine},">0")' for machine in machines)
    return f"IF({applied(invoice)},{alone},IF({applied(group)},{member}>0,FALSE))"


def _strange(categories: Iterable[int], *more: str) -> str:
    """Lines of some categories whose software is not in the quote."""
    category, named = working.column("category"), working.column("named")
    rest = "".join(f",{part}" for part in more)
    found = total(f"COUNTIFS({category},{number},{named},0{rest})" for number in categories)
    return f"AND(NOT({applied(group)}),{found}>0)"


def _others() -> Iterable[int]:
    """The categories that are neither software nor paired with it."""
    return [c.number for c in every(lines.Edition)[-1].category if c.number not in (lines.SOFTWARE, *lines.PAIRED)]


def _strangers() -> str:
    told = f"COUNTIF({working.column('category')},{lines.SOFTWARE})>0"
    reasons = f'{working.column("reason")},"<>{lines.NOT_HERE}"'
    return f"AND({told},{_strange(_others(), working.column('word') + ',' + quoted('?*'), reasons)})"


def _tills() -> str:
    note = LINES.column("note")
    words = codes()["REGISTERPC"]["words"]
    found = total(f"COUNTIFS({working.column('category')},{lines.PC},{note},{quoted(f'*{w}*')})" for w in words)
    return where(invoice, f"{found}>0")


def _count(reason: int) -> str:
    return f"COUNTIF({working.column('reason')},{reason})>0"


def of_quote() -> Iterator[Test]:
    theirs, less = ref("vendor_subsidy"), ref("total_discount")
    differs = f"IF({blank(theirs)},FALSE,{theirs}<>{ref('out_subsidy')})"
    discounted = f"IF({blank(less)},FALSE,{less}<>0)"
    taxed = f"IF({applied(group)},FALSE,IF({places.AGREED}=1,TRUE,N({ref('reduced_base')})>{ref('out_total')}))"
    yield Test(
        "TAX",
        "見積書の税込合計が、明細から計算した額と合うようにする（単価が税抜か、税区分、軽減税率を確かめる）。",
        taxed,
        at("quoted_gross"),
    )
    yield Test("FLATRATE", "見積書に書かれた補助額が、計算した額と違う。見積書を直す。", differs, at("vendor_subsidy"))
    yield Test("DISCOUNT", "合計からの値引は、行ごとの値引に分ける。", discounted, at("total_discount"))
    yield Test(
        "ORDER",
        "交付決定より前の発注・契約・請求・支払は対象外になる。日付を確かめる。",
        _too_early(),
        at("order_date"),
    )
    yield Test(
        "KICKBACK",
        "キャッシュバック・ポイント・紹介料などの還元は不正とされる。取りやめる。",
        _kickback(),
        LINES.cell("note", 1),
    )


def _too_early() -> str:
    decided = ref("decision_date")
    done = [f"IF({blank(ref(d))},FALSE,IF({blank(decided)},TRUE,{ref(d)}<{decided}))" for d in DAYS]
    early = f"IF(ISERROR({AS_OF}),0,{AS_OF})"
    meant = [f"IF({blank(ref(d))},FALSE,IF({blank(decided)},{ref(d)}<={early},{ref(d)}<{decided}))" for d in PLANNED]
    return f"OR({','.join((*done, *meant))})"


def _kickback() -> str:
    """Cells with a word, less those whose word is part of a harmless one; or nothing left to pay."""
    data = codes()["KICKBACK"]
    places_ = [LINES.column(n) for n in ("item", "note")]
    places_ += [PARTNER_TABLE.column("note"), MEMBER_TABLE.column("role"), ref("subject"), ref("business")]
    excused = {w for w in data["words"] if any(w in h for h in data["harmless"])}
    plain = _cells(places_, [w for w in data["words"] if w not in excused])
    doubtful = f"{_cells(places_, sorted(excused))}-({_cells(places_, data['harmless'])})"
    own, less = ref("out_own_burden"), f"N({ref('total_discount')})"
    nothing = f"IF(ISNUMBER({own}),AND({ref('out_total')}>0,{own}<={less}),FALSE)"
    return f"OR({plain}>0,{doubtful}>0,{nothing})"


def _cells(ranges: Iterable[str], words: Iterable[str]) -> str:
    """How many cells hold one of these words."""
    listed = "{" + ",".join(quoted(f"*{word}*") for word in words) + "}"
    return total(f"SUMPRODUCT(COUNTIF({place},{listed}))" for place in ranges)
