"""What the templates are given, name by name: the shape of an Assessment's words, checked by pyright and against every example.

Each value is text as it is printed; a number is one only where a template counts with it. Beside a name stands what it means
for a person who writes a template; what begins with a colon continues the meaning of the group, and is said of its word once,
in the first group that has it.
"""

from __future__ import annotations

from typing import Annotated, TypedDict

CONTINUED = ": "


class Title(TypedDict):
    """A document that is cited."""

    title: Annotated[str, ": 題"]


class Marked(Title):
    """The same with the mark that stands for it in a table."""

    mark: Annotated[str, ": 印"]


class Labelled(TypedDict):
    """A value with what it is called."""

    label: Annotated[str, ": 見出し"]
    value: Annotated[str, ": 値"]


class Noted(Labelled):
    """The same with a remark."""

    note: Annotated[str, ": 説明"]


class Option(TypedDict):
    """One of several choices; and a line of text."""

    text: Annotated[str, ": 文"]


class Control(TypedDict):
    """What an entry asks for: the kind of its control, and the choices to click."""

    ask: Annotated[str, ": 【要記入】の求め"]
    control: Annotated[str, ": 記入欄の種類"]
    options: Annotated[list[Option], ": 選択肢"]


class Entry(Noted, Control):
    """A field of 申請マイページ: printed, or asked for where it is not filled in (`ask`, a control of the kind `control`)."""

    name: Annotated[str, ": 名"]
    tail: Annotated[str, ": 値の続き"]


class Screen(TypedDict):
    """A screen of 申請マイページ."""

    id: Annotated[str, ": 記号"]
    title: str
    who: Annotated[str, "入力する人"]
    note: str
    entries: Annotated[list[Entry], "画面の項目"]


class Block(Screen):
    """The same with its number."""

    number: Annotated[str, "区分の番号"]


class Sign(TypedDict):
    """The box of who made a draft and who checked it."""

    application_date: Entry
    frame: Entry
    role: Annotated[Entry, ": 役割"]
    author: Annotated[Entry, ": 作成者の欄の名"]
    reviewer: Annotated[Entry, ": 確認者の欄の名"]


class Pair(TypedDict):
    """Two fields beside each other."""

    left: Annotated[Entry, "左の項目"]
    right: Annotated[Entry, "右の項目"]


class Portal(TypedDict):
    """What is known of 申請マイページ itself."""

    checked: Annotated[str, "項目を確かめた日"]
    unseen: Annotated[bool, "この枠の画面の原文を未確認か"]


class Told(TypedDict):
    """A finding."""

    level: Annotated[str, ": 重さ"]
    code: Annotated[str, ": 記号"]
    title: str
    message: Annotated[str, ": 文"]
    cell: Annotated[str, ": セル"]
    source: Annotated[str, ": 出典"]


class Sums(TypedDict):
    """The last row of the table of lines, in yen without 円."""

    amount: Annotated[str, ": 金額"]
    eligible: Annotated[str, ": 補助対象経費"]
    cut: Annotated[str, ": 対象外の額"]


class LineRow(Sums):
    """A line of the quote."""

    number: Annotated[int, ": 番号"]
    item: Annotated[str, ": 品名"]
    tool: Annotated[str, ": ツール名"]
    category: Annotated[str, ": 経費の区分"]
    contract: Annotated[str, ": 契約の形"]
    terms: Annotated[str, ": 条件"]
    months: Annotated[str, ": 月数"]
    quantity: Annotated[str, ": 数量"]
    unit: Annotated[str, ": 単位"]
    price: Annotated[str, ": 単価"]
    discount: Annotated[str, ": 値引"]
    reason: Annotated[str, ": 対象外の理由"]


class Step(Labelled):
    """A step of the calculation."""

    number: int
    source: str


class Software(TypedDict):
    """What a software is for."""

    item: str
    functions: Annotated[str, ": 機能"]
    processes: Annotated[str, ": プロセス"]


class Device(TypedDict):
    """A device and what it is used for."""

    item: str
    tool: str
    use: Annotated[str, ": 目的"]


class Paper(TypedDict):
    """A document to attach; a `young` one is at hand already."""

    name: str
    terms: str
    period: Annotated[str, ": 期限"]
    source: str
    young: Annotated[bool, ": 手もとにあり期限内か"]


class Payroll(Labelled):
    """A year of the plan of wages."""

    heads: Annotated[str, ": 年の見出し"]
    each: Annotated[str, "1人当たりの給与支給総額"]


class Person(TypedDict):
    """Who signs."""

    label: str
    name: str
    note: str


class Duty(TypedDict):
    """What must be promised, and what is not known of it."""

    text: str
    doubt: Annotated[str, "義務について未確認のこと"]


class Pledge(TypedDict):
    """賃上げ計画の表明文."""

    raises: Annotated[bool, "賃上げを表明するか"]
    when: Annotated[str, "表明した日"]
    how: Annotated[str, "表明の方法"]
    leader: Annotated[str, "代表者"]
    margin: Annotated[str, "地域別最低賃金への上乗せ"]
    payroll: Annotated[list[Payroll], "給与支給総額"]
    growth: Annotated[str, "給与支給総額の伸び（年平均）"]
    floor: Annotated[list[Labelled], "事業場内最低賃金"]
    revision: Annotated[str, "最低賃金の改定"]
    persons: Annotated[list[Person], "表明に関わる人"]
    duty: Annotated[Duty, "賃上げ計画の義務"]
    short: Annotated[list[str], "求められる賃上げに届かないこと"]
    repayment: Annotated[list[Noted], "返還になる場合"]


class Month(TypedDict):
    """A month of 資金繰り表, in yen without 円."""

    when: Annotated[str, ": 月"]
    what: Annotated[str, ": 出来事"]
    out: Annotated[str, ": 出金"]
    income: Annotated[str, ": 入金"]
    balance: Annotated[str, ": 残高"]


class Owed(TypedDict):
    """What the applicant still owes, and in which draft and cell."""

    label: str
    where: Annotated[str, ": 下書き"]
    cell: str
    name: str


class Draft(Title):
    """The titles of one draft."""

    heading: Annotated[str, ": 見出し"]
    mark: str
    subtitle: Annotated[str, ": 副題"]
    author: str
    reviewer: str
    seal: Annotated[str, ": 押印の注記"]
    notes: Annotated[list[str], ": 注記"]
    official: Annotated[str, "公式の様式との関係"]
    sources: Annotated[list[Title], ": 出典"]
    main: Annotated[bool, "入力用下書きか"]


class Said(TypedDict):
    """A text of the quote; where it is blank, `ask` says what is owed, and `field` whose it is."""

    field: Annotated[str, ": 欄の名"]
    value: str
    ask: str


class Answer(Said):
    """The same with what it is called."""

    label: str


class StoryRow(Answer):
    """A text of a plan, under its heading."""

    heading: str
    text: str


class Head(Answer):
    """A text at the head of a draft."""

    tail: str
    control: str


class Link(Answer):
    """A process of 通常枠: what is done with which tool, and to what effect."""

    code: str
    name: str
    tool: str
    functions: str
    effect_label: Annotated[str, ": 効果の見出し"]
    effect_field: Annotated[str, ": 効果の欄の名"]
    effect_value: Annotated[str, ": 効果"]
    effect_ask: Annotated[str, ": 効果の【要記入】の求め"]
    source: str


class Year(TypedDict):
    """A row of the plan of productivity."""

    label: str
    values: Annotated[list[str], ": 年ごとの値"]


class Productivity(TypedDict):
    """The plan of 労働生産性."""

    heads: list[str]
    rows: Annotated[list[Year], "表の行"]
    formula: Annotated[str, ": 式"]
    target: Annotated[str, ": 目標"]
    verdict: Annotated[str, ": 判定"]
    doubt: Annotated[str, ": 未確認のこと"]
    source: str


class NearMonth(TypedDict):
    """How many were paid near the minimum wage in a month."""

    month: Annotated[str, ": 年月"]
    everyone: Annotated[str, ": 全従業員数"]
    below: Annotated[str, ": 該当する従業員数"]
    share: Annotated[str, ": 割合"]
    hit: Annotated[str, ": 該当か"]


class Near(TypedDict):
    """What a low wage does to the rate."""

    label: str
    rows: Annotated[list[NearMonth], "月"]
    verdict: str
    source: str


class Consent(TypedDict):
    """取引先同意書, one each."""

    name: str
    corporate_number: Annotated[str, ": 法人番号"]
    accounts: Annotated[str, ": アカウント数"]


class PartnerRow(Consent):
    """取引先 of 電子取引類型."""

    number: str
    sme: Annotated[str, ": 中小企業・小規模事業者か"]
    counted: Annotated[str, ": 数えるアカウント数"]
    consent: Annotated[str, ": 同意"]
    note: str


class PartnerTotals(TypedDict):
    """The last row of them."""

    firms: Annotated[str, ": 取引先の数"]
    smes: Annotated[str, ": 中小企業の数"]
    accounts: str
    counted: str
    open: Annotated[str, ": 未定の数"]


class Service(TypedDict):
    """A service of セキュリティ対策推進枠."""

    item: str
    number: str
    months: str
    amount: str
    eligible: str
    note: str


class MemberSums(TypedDict):
    """構成員, all together: yen without 円."""

    cost: Annotated[str, ": 経費"]
    pc_cost: Annotated[str, ": PC・タブレット等の経費"]
    register_cost: Annotated[str, ": レジ・券売機の経費"]
    within: Annotated[str, ": 50万円以下の部分の補助額"]
    beyond: Annotated[str, ": 50万円超の部分の補助額"]
    pc_part: Annotated[str, ": PC・タブレット等の補助額"]
    register_part: Annotated[str, ": レジ・券売機の補助額"]
    subsidy: Annotated[str, ": 補助額"]


class MemberRow(MemberSums):
    """A 構成員."""

    number: str
    name: str
    corporate_number: str
    size: Annotated[str, ": 規模"]
    functions: str
    role: str
    analysis: Annotated[str, ": 消費動向等の分析をするか"]


class GroupTotal(TypedDict):
    """A kind of cost of 複数者連携."""

    label: str
    gross: Annotated[str, ": 経費（税込）"]
    cost: str
    tax: Annotated[str, ": 消費税"]
    granted: Annotated[str, ": 補助額"]
    rate: Annotated[str, ": 率"]


class Role(TypedDict):
    """What a 構成員 does in the group."""

    number: str
    name: str
    analysis: str
    label: str
    value: str
    cell: str
    tail: str
    control: str
    ask: str


class NormalWords(TypedDict):
    """What the drafts of 通常枠 print beyond the common ones."""

    stories: Annotated[list[StoryRow], "事業計画の項目"]
    chain: Annotated[list[Link], "課題とプロセス"]
    productivity: Annotated[Productivity, "労働生産性の計画"]
    near: Annotated[Near, "最低賃金近傍の判定"]


class EtradeWords(TypedDict):
    """The same of 電子取引類型."""

    stories: list[StoryRow]
    shares: Annotated[list[Noted], "経費の内訳"]
    partners: Annotated[list[PartnerRow], "取引先"]
    partner_totals: Annotated[PartnerTotals, "取引先の合計"]
    consents: Annotated[list[Consent], "取引先の同意"]
    excluded: Annotated[list[Option], "取引先に数えない者"]


class SecurityWords(TypedDict):
    """The same of セキュリティ対策推進枠."""

    stories: list[StoryRow]
    services: Annotated[list[Service], "お助け隊サービス"]
    productivity: Productivity


class GroupWords(TypedDict):
    """The same of 複数者連携."""

    stories: list[StoryRow]
    reasons: Annotated[list[StoryRow], "選定理由の項目"]
    expert_reasons: Annotated[list[StoryRow], "外部専門家の選定理由の項目"]
    vendor: Annotated[str, "IT提供事業者の名"]
    vendor_head: Annotated[list[Head], "IT提供事業者の紹介"]
    vendor_number: Annotated[str, "IT提供事業者の法人番号"]
    expert: Annotated[str, "外部専門家の名"]
    expert_head: Annotated[list[Head], "外部専門家の紹介"]
    expert_number: Annotated[str, "外部専門家の法人番号"]
    members: Annotated[list[MemberRow], "構成員"]
    leading: Annotated[str, "構成員としての代表事業者"]
    named: Annotated[list[Head], "グループの名"]
    member_count: Annotated[int, "構成員の数"]
    roles: Annotated[list[Role], "構成員の役割"]
    group_totals: Annotated[list[GroupTotal], "グループの経費の区分"]
    group_steps: Annotated[list[Labelled], "グループの計算の段階"]
    productivity: Productivity


class Papers(TypedDict):
    """The documents of each stage, and what they are cited from."""

    apply_documents: Annotated[list[Paper], "交付申請の書類"]
    wish_documents: Annotated[list[Paper], "該当・希望するときの書類"]
    report_documents: Annotated[list[Paper], "実績報告の書類"]
    document_sources: Annotated[list[Marked], "必要書類の出典"]


class Common(Papers):
    """What the drafts of every frame print."""

    programme: Annotated[str, "補助金の名"]
    frame: Annotated[str, "申請する枠"]
    frame_name: Annotated[str, "枠の記号"]
    firm: Annotated[str, "事業者名"]
    subject: Annotated[str, "見積の件名"]
    role: Annotated[str, "作成者の立場"]
    kind: Annotated[str, "法人・個人の別"]
    sign: Annotated[Sign, "署名の欄"]
    drafts: Annotated[dict[str, Draft], "この下書き"]  # by title, in order; the renderer gives each its own as `draft`
    edition: Annotated[str, "当てはめた規則の版"]
    input_hash: Annotated[str, "入力の照合の値（先頭だけ）"]
    portal: Annotated[Portal, "申請画面の項目"]
    errors: Annotated[list[Told], "誤り"]
    findings: Annotated[list[Told], "警告・お知らせ"]
    blocks: Annotated[list[Block], "申請画面の区分"]
    lines: Annotated[list[LineRow], "見積の明細"]
    sums: Annotated[Sums, "明細の合計（税抜。円は付かない）"]
    amounts: Annotated[list[Noted], "補助額などの金額"]
    refusal: Annotated[str, "計算できない理由"]
    premises: Annotated[list[Labelled], "計算の前提"]
    steps: Annotated[list[Step], "計算の段階"]
    software: Annotated[list[Software], "ソフトウェア"]
    hardware: Annotated[list[Device], "PC・レジなどの機器"]
    hardware_use: Annotated[str, "機器を使う目的"]
    quoted: Annotated[list[Entry], "見積書の記載"]
    quoted_rows: Annotated[list[Pair], "見積書の記載（二列）"]
    cost_sources: Annotated[list[Marked], "経費の書類の出典"]
    we: Annotated[str, "申請者の自称（当社など）"]
    you: Annotated[str, "読み手への呼び方"]
    apportioned: Annotated[str, "按分した経費"]
    pledge: Annotated[Pledge, "賃上げの表明"]
    pledge_sources: Annotated[list[Marked], "表明文の出典"]
    security_action: Annotated[str, "SECURITY ACTION の自己宣言ID"]
    funds: Annotated[list[Noted], "資金の出どころ"]
    months: Annotated[list[Month], "月ごとの資金繰り"]
    peak: Annotated[str, "立替の最大額"]
    origin: Annotated[str, "期限の出典"]
    schedule: Annotated[list[Noted], "日程"]


class Owing(TypedDict):
    """What is still owed, in the order of the drafts."""

    missing_count: Annotated[int, "未記入の数"]
    owed: Annotated[list[Owed], "要記入の箇所"]
    owed_count: Annotated[int, "要記入の数"]


class Words(Common, Owing):
    """All that a draft of any frame is given; those of a frame more (NormalWords …)."""

    members: list[MemberRow]  # these four are empty outside 複数者連携
    member_sums: Annotated[MemberSums, "構成員の合計"]
    group_totals: list[GroupTotal]
    group_steps: list[Labelled]


EVERY = (Words, NormalWords, EtradeWords, SecurityWords, GroupWords)
