"""Oracle: 中小企業等 and 小規模事業者 (law text, section 3; 2025 公募要領 インボイス対応類型 2-1-1(1)).

How the ambiguous places are read:
- capital None means that there is no capital (個人事業主, 法人 without 資本金): the employees alone decide.
- 'または' in the text: capital OR employees within the limit is enough.
- サービス業 means without ソフトウェア業・情報処理サービス業 and without 旅館業, as in row 3 of the table.
- ゴム製品製造業 means without tyres and factory belts; those are 製造業 (row 5, note).
- NPO法人 (row 15) has the employee limit of its main industry (主たる業種). Without main_industry the answer is
  True when every industry would admit it (50 or fewer), False when none would (over 900), and None between.
- 宿泊業・娯楽業 is a class of the 小規模 table only: is_sme gives None for it (旅館業 or サービス業 decides there).
- 旅館業 is 宿泊業 in the 小規模 table: 20.
- ソフトウェア業・情報処理サービス業 is サービス業 in the 小規模 table: 5. The SME table speaks of
  'サービス業（ソフトウェア業又は情報処理サービス業、旅館業を除く）', so it belongs to サービス業, and the 小規模
  table takes only 宿泊業・娯楽業 out of サービス業.
- 商業 is 卸売業 and 小売業. 建設業, 運輸業, ゴム製品製造業 and その他 are 製造業その他: 20.
- Section 6b's upper limit of 10,000,000,000 is for costs; a capital above it is simply too large, not invalid.
"""


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _within(capital: int | None, employees: int, capital_limit: int, employee_limit: int) -> bool:
    if employees <= employee_limit:
        return True
    if capital is not None and capital <= capital_limit:
        return True
    return False


def _npo(employees: int, main_industry: str | None) -> bool | None:
    """特定非営利活動法人: the employee limit of the main industry (row 15)."""
    if main_industry is None:
        if employees <= 50:  # 小売業, the lowest limit
            return True
        if employees > 900:  # ゴム製品製造業, the highest limit
            return False
        return None
    # no capital is given, so that the employees alone decide; only rows 1 to 8 are main industries
    if main_industry in ("医療法人", "社会福祉法人", "学校法人", "商工会等", "NPO法人"):
        return None
    return is_sme(main_industry, None, employees)


def is_sme(industry: str, capital: int | None, employees: int, main_industry: str | None = None) -> bool | None:
    """中小企業等 or not; None for an unknown industry or a value that is no count."""
    if not _is_count(employees):
        return None
    if capital is not None and not _is_count(capital):
        return None
    if industry in ("製造業", "建設業", "運輸業"):  # row 1: 3億円, 300人
        return _within(capital, employees, 300_000_000, 300)
    if industry == "卸売業":  # row 2: 1億円, 100人
        return _within(capital, employees, 100_000_000, 100)
    if industry == "サービス業":  # row 3: 5千万円, 100人
        return _within(capital, employees, 50_000_000, 100)
    if industry == "小売業":  # row 4: 5千万円, 50人
        return _within(capital, employees, 50_000_000, 50)
    if industry == "ゴム製品製造業":  # row 5: 3億円, 900人
        return _within(capital, employees, 300_000_000, 900)
    if industry == "ソフトウェア業・情報処理サービス業":  # row 6: 3億円, 300人
        return _within(capital, employees, 300_000_000, 300)
    if industry == "旅館業":  # row 7: 5千万円, 200人
        return _within(capital, employees, 50_000_000, 200)
    if industry == "その他":  # row 8: 3億円, 300人
        return _within(capital, employees, 300_000_000, 300)
    if industry in ("医療法人", "社会福祉法人"):  # row 9: 300人, employees only
        return employees <= 300
    if industry == "学校法人":  # row 10: 300人, employees only
        return employees <= 300
    if industry == "商工会等":  # row 11: 100人, employees only
        return employees <= 100
    if industry == "NPO法人":  # row 15: the employee limit of the main industry
        return _npo(employees, main_industry)
    return None


def is_small(industry: str, employees: int) -> bool | None:
    """小規模事業者 or not; None for an unknown industry or a value that is no count."""
    if not _is_count(employees):
        return None
    if industry in ("卸売業", "小売業"):  # 商業: 5人
        return employees <= 5
    if industry in ("サービス業", "ソフトウェア業・情報処理サービス業"):  # サービス業（宿泊業・娯楽業除く）: 5人
        return employees <= 5
    if industry in ("宿泊業・娯楽業", "旅館業"):  # サービス業のうち宿泊業・娯楽業: 20人
        return employees <= 20
    if industry in ("製造業", "建設業", "運輸業", "ゴム製品製造業", "その他"):  # 製造業その他: 20人
        return employees <= 20
    if industry in ("医療法人", "社会福祉法人", "学校法人", "商工会等", "NPO法人"):  # rows 9 to 15: never 小規模
        return False
    return None
