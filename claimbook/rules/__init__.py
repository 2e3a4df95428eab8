"""The rules: a page for each in `pages/` names its check; `check` runs them and folds flags."""
