# Hojokin. `make` alone lists what there is; README.md says what for.
.DEFAULT_GOAL := help
.PHONY: looks help setup demo test windows lint proof bench docs build lock clean

# Japanese text on every machine, whatever its locale.
export PYTHONUTF8 := 1

VENV := .venv/bin/
ROOMS := rules workbooks templates addin

help:
	@echo 'make demo    見本の見積から補助額を計算し、下書きを out/ に作る'
	@echo 'make test    すべての検査とテスト（LibreOffice 25.2 と Wine も入れる）'
	@echo 'make windows 本物の Windows の Python と DLL を Wine で動かすテスト'
	@echo 'make lint    書き方と型の検査だけ'
	@echo 'make proof   時間のかかる証明（全域の照合）'
	@echo 'make bench   速さの測定'
	@echo 'make docs    文書の生成部分を作り直す'
	@echo 'make looks   ワークブックと下書きの絵を docs/images/ に作り直す'
	@echo 'make build   アドイン・拡張・ひな形を dist/ に作る'
	@echo 'make setup   開発に要るものを入れる（demo と test は自分で入れる）'
	@echo 'make lock    ロックファイルを作り直す（UPGRADE=1 で最新版へ）'
	@echo 'make clean   作ったものを消す（.venv も）'
	@echo '(demo: run the examples; test: every check; each sets up what it needs. make clean removes .venv, too.)'

setup:
	@sh setup/python.sh dev
	@sh setup/system.sh
	@sh setup/windows.sh

demo:
	@sh setup/python.sh
	$(VENV)python -m addin.cli.demo -o out

test: lint
	@sh setup/system.sh
	@sh setup/windows.sh
	$(VENV)python -m pytest -n 2 --dist loadfile

# All of tests/windows, with what takes minutes; `make test` runs the compact part.
windows:
	@sh setup/windows.sh
	$(VENV)python -m pytest -m '' tests/windows

lint:
	@sh setup/python.sh dev
	$(VENV)python -m ruff check
	$(VENV)python -m ruff format --check
	$(VENV)python -m pyright

proof: setup
	$(VENV)python -m tests.proof
	$(VENV)python -m tests.three_way 2000 7
	$(VENV)python -m tests.one_answer 100 60 7 both
	$(VENV)python -m tests.every_yen
	$(VENV)python -m tests.engines
	$(VENV)python -m tests.oxt.proof
	$(VENV)python -m tests.template_proof
	PYTHONPATH=. $(VENV)python benchmarks/excel.py --long
	$(VENV)python -m tests.fuzz

bench:
	@sh setup/python.sh dev
	$(VENV)python benchmarks/run.py
	PYTHONPATH=. $(VENV)python benchmarks/excel.py
	PYTHONPATH=. $(VENV)python benchmarks/drafts.py
	PYTHONPATH=. $(VENV)python benchmarks/calc.py
	PYTHONPATH=. $(VENV)python benchmarks/quote.py
	@sh setup/windows.sh
	$(VENV)python benchmarks/windows.py

docs:
	@sh setup/python.sh
	$(VENV)python -m addin.cli.docs

looks: setup
	PYTHONPATH=. $(VENV)python docs/pictures.py
	$(VENV)python -m docs.pages

build:
	@sh setup/python.sh
	$(VENV)python -m addin.cli build -o dist

# Changes of pyproject.toml reach the lock files here; the versions stay unless UPGRADE=1. Needs the network.
lock:
	@UPGRADE=$(UPGRADE) sh setup/lock.sh

clean:
	rm -rf .venv build dist out hojokin.egg-info .pytest_cache .ruff_cache .hypothesis
	find $(ROOMS) tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
