"""How conferences look: guard, get, form, act, answer. One module a journey."""
