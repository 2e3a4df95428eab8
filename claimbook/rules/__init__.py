"""The rules: a page for each in `pages/`, which names its check; `check` runs them and folds their flags into verdicts."""
