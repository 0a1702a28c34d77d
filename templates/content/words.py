"""What the templates are given, name by name: the shape of an Assessment's words, checked by pyright and against every example.

Each value is text as it is printed; a number is one only where a template counts with it. What a name means for a person
who writes a template stands in templates/lint/names.toml.
"""

from __future__ import annotations

from typing import TypedDict


class Title(TypedDict):
    """A document that is cited."""

    title: str


class Marked(Title):
    """The same with the mark that stands for it in a table."""

    mark: str


class Labelled(TypedDict):
    """A value with what it is called."""

    label: str
    value: str


class Noted(Labelled):
    """The same with a remark."""

    note: str


class Option(TypedDict):
    """One of several choices; and a line of text."""

    text: str


class Control(TypedDict):
    """What an entry asks for: the kind of its control, and the choices to click."""

    ask: str
    control: str
    options: list[Option]


class Entry(Noted, Control):
    """A field of 申請マイページ: printed, or asked for where it is not filled in (`ask`, a control of the kind `control`)."""

    name: str
    tail: str


class Screen(TypedDict):
    """A screen of 申請マイページ."""

    id: str
    title: str
    who: str
    note: str
    entries: list[Entry]


class Block(Screen):
    """The same with its number."""

    number: str


class Sign(TypedDict):
    """The box of who made a draft and who checked it."""

    application_date: Entry
    frame: Entry
    role: Entry
    author: Entry
    reviewer: Entry


class Pair(TypedDict):
    """Two fields beside each other."""

    left: Entry
    right: Entry


class Portal(TypedDict):
    """What is known of 申請マイページ itself."""

    checked: str
    unseen: bool


class Told(TypedDict):
    """A finding."""

    level: str
    code: str
    title: str
    message: str
    cell: str
    source: str


class Sums(TypedDict):
    """The last row of the table of lines, in yen without 円."""

    amount: str
    eligible: str
    cut: str


class LineRow(Sums):
    """A line of the quote."""

    number: int
    item: str
    tool: str
    category: str
    contract: str
    terms: str
    months: str
    quantity: str
    unit: str
    price: str
    discount: str
    reason: str


class Step(Labelled):
    """A step of the calculation."""

    number: int
    source: str


class Software(TypedDict):
    """What a software is for."""

    item: str
    functions: str
    processes: str


class Device(TypedDict):
    """A device and what it is used for."""

    item: str
    tool: str
    use: str


class Paper(TypedDict):
    """A document to attach; a `young` one is at hand already."""

    name: str
    terms: str
    period: str
    source: str
    young: bool


class Payroll(Labelled):
    """A year of the plan of wages."""

    heads: str
    each: str


class Person(TypedDict):
    """Who signs."""

    label: str
    name: str
    note: str


class Duty(TypedDict):
    """What must be promised, and what is not known of it."""

    text: str
    doubt: str


class Pledge(TypedDict):
    """賃上げ計画の表明文."""

    raises: bool
    when: str
    how: str
    leader: str
    margin: str
    payroll: list[Payroll]
    growth: str
    floor: list[Labelled]
    revision: str
    persons: list[Person]
    duty: Duty
    short: list[str]
    repayment: list[Noted]


class Month(TypedDict):
    """A month of 資金繰り表, in yen without 円."""

    when: str
    what: str
    out: str
    income: str
    balance: str


class Owed(TypedDict):
    """What the applicant still owes, and in which draft and cell."""

    label: str
    where: str
    cell: str
    name: str


class Draft(Title):
    """The titles of one draft."""

    heading: str
    mark: str
    subtitle: str
    author: str
    reviewer: str
    seal: str
    notes: list[str]
    official: str
    sources: list[Title]
    main: bool


class Said(TypedDict):
    """A text of the quote; where it is blank, `ask` says what is owed, and `field` whose it is."""

    field: str
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
    effect_label: str
    effect_field: str
    effect_value: str
    effect_ask: str
    source: str


class Year(TypedDict):
    """A row of the plan of productivity."""

    label: str
    values: list[str]


class Productivity(TypedDict):
    """The plan of 労働生産性."""

    heads: list[str]
    rows: list[Year]
    formula: str
    target: str
    verdict: str
    doubt: str
    source: str


class NearMonth(TypedDict):
    """How many were paid near the minimum wage in a month."""

    month: str
    everyone: str
    below: str
    share: str
    hit: str


class Near(TypedDict):
    """What a low wage does to the rate."""

    label: str
    rows: list[NearMonth]
    verdict: str
    source: str


class PartnerRow(TypedDict):
    """取引先 of 電子取引類型."""

    number: str
    name: str
    corporate_number: str
    sme: str
    accounts: str
    counted: str
    consent: str
    note: str


class PartnerTotals(TypedDict):
    """The last row of them."""

    firms: str
    smes: str
    accounts: str
    counted: str
    open: str


class Consent(TypedDict):
    """取引先同意書, one each."""

    name: str
    corporate_number: str
    accounts: str


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

    cost: str
    pc_cost: str
    register_cost: str
    within: str
    beyond: str
    pc_part: str
    register_part: str
    subsidy: str


class MemberRow(MemberSums):
    """A 構成員."""

    number: str
    name: str
    corporate_number: str
    size: str
    functions: str
    role: str
    analysis: str


class GroupTotal(TypedDict):
    """A kind of cost of 複数者連携."""

    label: str
    gross: str
    cost: str
    tax: str
    granted: str
    rate: str


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

    stories: list[StoryRow]
    chain: list[Link]
    productivity: Productivity
    near: Near


class EtradeWords(TypedDict):
    """The same of 電子取引類型."""

    stories: list[StoryRow]
    shares: list[Noted]
    partners: list[PartnerRow]
    partner_totals: PartnerTotals
    consents: list[Consent]
    excluded: list[Option]


class SecurityWords(TypedDict):
    """The same of セキュリティ対策推進枠."""

    stories: list[StoryRow]
    services: list[Service]
    productivity: Productivity


class GroupWords(TypedDict):
    """The same of 複数者連携."""

    stories: list[StoryRow]
    reasons: list[StoryRow]
    expert_reasons: list[StoryRow]
    vendor: str
    vendor_head: list[Head]
    vendor_number: str
    expert: str
    expert_head: list[Head]
    expert_number: str
    members: list[MemberRow]
    leading: str
    named: list[Head]
    member_count: int
    roles: list[Role]
    group_totals: list[GroupTotal]
    group_steps: list[Labelled]
    productivity: Productivity


class Papers(TypedDict):
    """The documents of each stage, and what they are cited from."""

    apply_documents: list[Paper]
    wish_documents: list[Paper]
    report_documents: list[Paper]
    document_sources: list[Marked]


class Common(Papers):
    """What the drafts of every frame print."""

    programme: str
    frame: str
    frame_name: str
    firm: str
    subject: str
    role: str
    kind: str
    sign: Sign
    drafts: dict[str, Draft]  # by title, in order; the renderer gives each its own as `draft`
    edition: str
    input_hash: str
    portal: Portal
    errors: list[Told]
    findings: list[Told]
    blocks: list[Block]
    lines: list[LineRow]
    sums: Sums
    amounts: list[Noted]
    refusal: str
    premises: list[Labelled]
    steps: list[Step]
    software: list[Software]
    hardware: list[Device]
    hardware_use: str
    quoted: list[Entry]
    quoted_rows: list[Pair]
    cost_sources: list[Marked]
    we: str
    you: str
    apportioned: str
    pledge: Pledge
    pledge_sources: list[Marked]
    security_action: str
    funds: list[Noted]
    months: list[Month]
    peak: str
    origin: str
    schedule: list[Noted]


class Owing(TypedDict):
    """What is still owed, in the order of the drafts."""

    missing_count: int
    owed: list[Owed]
    owed_count: int


class Words(Common, Owing):
    """All that a draft of any frame is given; those of a frame more (NormalWords …)."""

    members: list[MemberRow]  # these four are empty outside 複数者連携
    member_sums: MemberSums
    group_totals: list[GroupTotal]
    group_steps: list[Labelled]
