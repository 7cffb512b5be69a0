# `make run` and `make test` do all their set-up; nothing else is needed first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test words tidy pictures bench clean

run: .venv/app
	$(BIN)/streamlit run app.py

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist worksteal

words: .venv/dev
	$(BIN)/python -m tests.test_words

tidy: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pictures: .venv/dev
	$(BIN)/python -m tests.browser.pictures

bench: .venv/dev
	$(BIN)/python -m benchmarks.run

.venv/app: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements.txt requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch .venv/app $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
