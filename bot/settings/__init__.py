"""What the operator sets: environment variables, the same names in ``.env``, or files in a secrets directory.

The environment wins over ``.env``, and ``.env`` over the secrets directory. An empty value counts as not set.
"""

from bot.settings.hints import hints
from bot.settings.model import Settings
from bot.settings.reading import ENV_FILE, SettingsError, load_settings, secrets_directory

__all__ = ["ENV_FILE", "Settings", "SettingsError", "hints", "load_settings", "secrets_directory"]
