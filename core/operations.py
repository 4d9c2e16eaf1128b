"""An operation for migrations."""

from typing import Any

from django.db.migrations.operations.base import Operation


class InstallTriggers(Operation):
    """Install the triggers that stand in the options of the app's models.

    pgtrigger's own operation adds one trigger to one model and rebuilds the state of all related models each time:
    with four triggers on every model the first migration took four times as long.
    """

    reduces_to_sql = True
    elidable = False

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The options carry the triggers already."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for (app, _name), model in to_state.models.items():
            for trigger in model.options.get("triggers", []) if app == app_label else []:
                schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Triggers go with their tables."""

    def describe(self) -> str:
        return "Install the triggers of the app's models"
