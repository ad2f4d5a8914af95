"""A password hasher for tests: Argon2 with the least work, because the tests do not measure its strength."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2PasswordHasher(Argon2PasswordHasher):
    time_cost, memory_cost, parallelism = 1, 64, 1
